import type { LoadChunk } from '../observe/observer.ts'

/**
 * Loads parts from beside a script: for `/attune.js?v=2` the part `video` is `/attune-video.js?v=2`. They are modules, which a content
 * security policy that lets the script in lets in as well.
 */
export function chunkBeside(script = ''): LoadChunk {
  return (name) => import(/* @vite-ignore */ script.replace(/\.js(?=\?|$)/, `-${name}$&`))
}
