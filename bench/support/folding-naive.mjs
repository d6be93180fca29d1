// What the states of a plan must be, counted by going over all events for each signal.
import assert from 'node:assert/strict'

/** Throws when a state is not what the events say. */
export function checkStates({ keys, signals }, states, events) {
  signals.forEach((signal, slot) => {
    assert.deepEqual(states[keys[slot]], NAIVE[signal.kind](signal, events), keys[slot])
  })
}

const NAIVE = {
  times: (signal, events) => {
    const times = matching(signal, events).map(secondsOf)
    return {
      times: times.slice(-signal.keep).reverse(),
      ...(signal.first && times.length > 0 ? { first: times[0] } : {}),
      ...(signal.id && times.length > 0 ? { id: matching(signal, events).at(-1).id } : {}),
    }
  },
  total: (signal, events) => {
    const amounts = amountsOf(signal, matching(signal, events))
    return { total: take(signal, amounts) ?? (signal.take === 'min' || signal.take === 'max' ? null : 0) }
  },
  ring: (signal, events) => {
    const buckets = byBucket(signal.bucket, matching(signal, events))
    const taken = buckets.map(([index, some]) => [index, take(signal, amountsOf(signal, some))])
    return { buckets: taken.filter(([index]) => index > (taken.at(-1)?.[0] ?? 0) - 60) }
  },
  distinct: (signal, events) => {
    const lasts = new Map(
      matching(signal, events).map((event) => [event.properties[signal.of], secondsOf(event)]),
    )
    return { values: [...lasts].sort((a, b) => b[1] - a[1]).slice(0, 32) }
  },
  interest: ({ of, bucket, points }, events) => {
    const given = events.filter((event) => points[event.name] !== undefined && event.properties[of])
    const newest = Math.floor(secondsOf(given.at(-1)) / bucket)
    const values = [...new Set(given.map(({ properties }) => properties[of]))].sort()
    const ofValue = (value) =>
      byBucket(
        bucket,
        given.filter(({ properties }) => properties[of] === value),
      )
        .map(([index, some]) => [index, sum(some.map(({ name }) => points[name]))])
        .filter(([index]) => index > newest - 64)
    return {
      values: values.map((value) => [value, ofValue(value)]).filter(([, buckets]) => buckets.length > 0),
    }
  },
  score: ({ bucket, points }, events) => {
    const pointsOf = (event) =>
      sum(points.filter((entry) => isMatch(entry, event)).map((entry) => entry.points))
    const buckets = byBucket(
      bucket,
      events.filter((event) => pointsOf(event) > 0),
    ).map(([index, some]) => [index, sum(some.map(pointsOf))])
    return { buckets: buckets.filter(([index]) => index > buckets.at(-1)[0] - 64) }
  },
  periods: (signal, events) => {
    const length = signal.period === 'day' ? 86_400 : 7 * 86_400
    const shift = signal.period === 'day' ? 0 : 3 * 86_400
    const periods = matching(signal, events).map((event) => Math.floor((secondsOf(event) + shift) / length))
    const newest = Math.max(...periods)
    return { periods: [...new Set(periods)].filter((period) => period > newest - 60).reverse() }
  },
  chain: (signal, events) => ({ chains: signal.steps.map((_, step) => latestChain(signal, step, events)) }),
  touch: ({ of }, events) => {
    const [group, name] = of.split('.')
    const touches = events
      .filter(({ context }) => context?.[group]?.[name])
      .map((event) => ({ value: event.context[group][name], seconds: secondsOf(event), id: event.id }))
    return { first: touches[0], last: touches.at(-1) }
  },
}

// Looks back from each event that may be the last step, the latest first.
function latestChain({ steps, gap = Number.POSITIVE_INFINITY, unless }, step, events) {
  const isLast = step === steps.length - 1
  for (let end = events.length - 1; end >= 0; end--) {
    if (!isMatch(steps[step], events[end])) continue
    const start = startOf(step, end)
    if (start !== undefined) return [secondsOf(events[start]), secondsOf(events[end])]
  }
  return null

  function startOf(at, end) {
    // A chain that is not whole must be unbroken up to now, for the next step.
    const isBroken = (from, to) => events.slice(from + 1, to).some(({ name }) => name === unless)
    const from = startBefore(at, end)
    return from === undefined || isBroken(from, isLast ? end : events.length) ? undefined : from
  }

  function startBefore(at, end) {
    if (at === 0) return end
    for (let before = end - 1; before >= 0; before--) {
      if (secondsOf(events[end]) - secondsOf(events[before]) > gap) return undefined
      if (!isMatch(steps[at - 1], events[before])) continue
      const from = startBefore(at - 1, before)
      if (from !== undefined) return from
    }
    return undefined
  }
}

function matching(signal, events) {
  return events.filter((event) => isMatch(signal, event))
}

function isMatch({ event, where = {} }, { name, properties }) {
  return (
    name === event &&
    Object.entries(where).every(([property, test]) =>
      typeof test === 'object' ? properties[property] >= test.atLeast : properties[property] === test,
    )
  )
}

function amountsOf({ take: taken, of }, events) {
  if (taken === undefined || taken === 'number') return events.map(() => 1)
  return events.map(({ properties }) => Math.floor(properties[of] * 10_000 + 0.5))
}

function take({ take: taken }, amounts) {
  if (amounts.length === 0) return undefined
  if (taken === 'min') return Math.min(...amounts)
  return taken === 'max' ? Math.max(...amounts) : sum(amounts)
}

function byBucket(bucket, events) {
  const buckets = new Map()
  for (const event of events) {
    const index = Math.floor(secondsOf(event) / bucket)
    buckets.set(index, [...(buckets.get(index) ?? []), event])
  }
  return [...buckets]
}

function sum(amounts) {
  return amounts.reduce((total, amount) => total + amount, 0)
}

function secondsOf({ time }) {
  return Math.floor(time / 1000)
}
