import { stubOf } from './bridges/tell.ts'
import { safely } from './safely.ts'
import { followTraits } from './traits/follow-traits.ts'

safely(() => Object.assign(stubOf(window), { identify: followTraits() }))
