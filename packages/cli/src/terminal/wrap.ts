import { lengthOf } from './style.ts'

/** Breaks text between words so that no line is longer than `width`, the first line beginning at column `used`. */
export function wrapWords(text: string, width: number, used = 0): readonly string[] {
  const lines: string[] = []
  let line = ''
  let room = width - used
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && lengthOf(longer) > room) {
      lines.push(line)
      line = word
      room = width
    } else line = longer
  }
  return [...lines, line]
}
