/** Another process holds the store. Nothing was kept; asking again later is right. */
export class StoreBusyError extends Error {
  override readonly name = 'StoreBusyError'
}

/** The store could not read or write, for example because the disk is full. Asking again later is right. */
export class StoreWriteError extends Error {
  override readonly name = 'StoreWriteError'
}
