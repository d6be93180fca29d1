// Loaded into a program with `node --import`: ends it when the process that started it is gone, even killed.
const parent = process.ppid
setInterval(() => {
  if (process.ppid !== parent) process.exit(1)
}, 500).unref()
