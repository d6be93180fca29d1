const DELIVERY: unique symbol = Symbol('attune.delivery')

/** Notes what tells whether the answer to a message left whole. */
export function noteDelivery(request: Request, delivery: Promise<boolean>): void {
  Object.assign(request, { [DELIVERY]: delivery })
}

/** Of a message that came over a socket: whether its answer left whole, once that is known; `undefined` for what came by HTTP. */
export function deliveryOf(request: object): Promise<boolean> | undefined {
  // Nobody else knows the symbol.
  return DELIVERY in request ? (request[DELIVERY] as Promise<boolean>) : undefined
}
