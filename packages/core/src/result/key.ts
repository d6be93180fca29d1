/**
 * A name that people choose: 1 to 64 characters, no space at either end, no control characters.
 * @minLength 1
 * @maxLength 64
 * @pattern ^(?!(?:__proto__|constructor|prototype)$)[^\s\p{Cc}](?:[^\p{Cc}]*[^\s\p{Cc}])?$
 */
export type Key = string
