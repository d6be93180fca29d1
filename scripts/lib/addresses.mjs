/** The lines `npm start` prints when the shop answers. A new page or tool worth knowing gets its line here. */
export function addressLines(origin) {
  return [
    '',
    `  Shop       ${origin}/`,
    `  Collector  ${origin}/attune/collect  (POST)`,
    '',
    '  Ctrl-C ends it.',
    '',
  ]
}
