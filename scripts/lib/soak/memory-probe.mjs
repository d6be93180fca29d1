// Loaded into a program with `node --expose-gc --import`: whenever the process that forked it says `measure`, it tells what it holds when nothing
// is left to be collected.
process.on('message', (message) => {
  if (message !== 'measure') return
  globalThis.gc()
  const { heapUsed, rss } = process.memoryUsage()
  process.send?.({ heap: heapUsed, rss })
})
// A program that is done ends, whoever may still ask.
process.channel?.unref()
