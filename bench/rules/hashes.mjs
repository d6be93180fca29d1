// What npm has of MurmurHash3, each as text → unsigned 32-bit number.
import imurmurhash from 'imurmurhash'
import murmurhash from 'murmurhash'
import murmurhashJs from 'murmurhash-js'
import murmurhash3js from 'murmurhash3js'
import revisited from 'murmurhash3js-revisited'

const encoder = new TextEncoder()

export const hashes = [
  { name: 'murmurhash', hash: (text) => murmurhash.v3(text, 0) },
  { name: 'murmurhash3js', hash: (text) => murmurhash3js.x86.hash32(text) },
  { name: 'imurmurhash', hash: (text) => imurmurhash(text).result() },
  { name: 'murmurhash-js', hash: (text) => murmurhashJs.murmur3(text, 0) },
  // Takes bytes, so that text has to be encoded first.
  { name: 'murmurhash3js-revisited', hash: (text) => revisited.x86.hash32(encoder.encode(text)) },
]
