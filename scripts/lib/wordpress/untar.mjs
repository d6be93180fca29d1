import { createReadStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createGunzip } from 'node:zlib'

const BLOCK = 512
const FILE = '0'
const LONG_NAME = 'x'

/**
 * Unpacks an npm tarball. `target(path)` says where the file of that path in the tarball goes; undefined leaves it out.
 * Only plain files are written: npm packs nothing else.
 */
export async function untar(tarball, target) {
  const blocks = createBlocks(createReadStream(tarball).pipe(createGunzip()))
  let longName
  for (;;) {
    const header = await blocks.take(BLOCK)
    // The end is two blocks of zeros.
    if (header === undefined || header[0] === 0) return
    const size = Number.parseInt(text(header, 124, 12), 8)
    const type = text(header, 156, 1) || FILE
    const place = type === FILE ? target(longName ?? nameIn(header)) : undefined
    const data = await blocks.take(Math.ceil(size / BLOCK) * BLOCK, type === LONG_NAME || place !== undefined)
    longName = type === LONG_NAME ? pathIn(data.subarray(0, size).toString()) : undefined
    if (place === undefined) continue
    await mkdir(dirname(place), { recursive: true })
    await writeFile(place, data.subarray(0, size))
  }
}

const text = (block, from, length) => block.toString('utf8', from, from + length).replace(/[\0 ].*$/s, '')

function nameIn(header) {
  const name = header.toString('utf8', 0, 100).replace(/\0.*$/s, '')
  const prefix = header.toString('utf8', 345, 500).replace(/\0.*$/s, '')
  return prefix === '' ? name : `${prefix}/${name}`
}

// A record of an extended header is "length key=value\n".
const pathIn = (records) => /^\d+ path=(.*)$/m.exec(records)?.[1]

function createBlocks(stream) {
  const chunks = stream[Symbol.asyncIterator]()
  let rest = Buffer.alloc(0)
  return {
    /** The next bytes, or undefined at the end of the stream. Bytes that are not kept answer an empty buffer. */
    async take(length, keep = true) {
      const parts = []
      let missing = length
      while (missing > 0) {
        if (rest.length === 0) {
          const { value, done } = await chunks.next()
          if (done) return undefined
          rest = value
        }
        const part = rest.subarray(0, missing)
        if (keep) parts.push(part)
        missing -= part.length
        rest = rest.subarray(part.length)
      }
      return Buffer.concat(parts)
    },
  }
}
