const SETTINGS = {
  memory_limit: '256M',
  display_errors: '0',
  log_errors: '1',
  'opcache.enable': '1',
  'opcache.revalidate_freq': '0',
}

/** The machine's PHP is asked for these, whatever its php.ini says. */
export const phpSettings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-d', `${name}=${value}`])

/** The same for PHP in WebAssembly, which has no opcode cache in shared memory. */
export const wasmSettings = { memory_limit: '256M', display_errors: '0', log_errors: '1' }
