import { describePromises } from './promises.ts'
import { startNext } from './start-next.ts'

// `next start` rewrites by it and sends it on; a proxy in front takes it away.
const shown = { 'x-middleware-rewrite': 'Next.js rewrites by it' }

describePromises('middleware.ts of Next.js 16', () => startNext({ next: '16', decides: 'middleware' }), {
  shown,
})

describePromises('proxy.ts of Next.js 16', () => startNext({ next: '16', decides: 'proxy' }), { shown })
