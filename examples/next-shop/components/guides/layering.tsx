import type { ReactNode } from 'react'

/** The text of “How to dress for a hill day in any weather”. */
export function LayeringGuide(): ReactNode {
  return (
    <>
      <p className="lead">
        There is a coat hook in our drying room for every mistake a person can make with clothes. I have used
        most of them. What follows is what is left when you take the mistakes away.
      </p>
      <h2>Start cold</h2>
      <p>
        If you are comfortable in the car park you are wearing too much. Ten minutes up the first slope your
        body makes as much heat as a small radiator, and what you sweat into now is what you will shiver in
        later. Start a little cold and walk yourself warm.
      </p>
      <h2>Three layers, three jobs</h2>
      <p>
        Next to the skin goes something that moves sweat away: thin merino, or a synthetic that dries on the
        move. Cotton holds water and takes your heat with it, so leave it for the pub.
      </p>
      <p>
        Over it goes something that holds air. A fleece while you move, a light down or synthetic jacket for
        the top of the pass. Two thin layers beat a thick one, because you can take off half.
      </p>
      <p>
        On the outside goes a shell, and here is the rule that matters: it belongs on before you are wet. A
        shell keeps rain out; it cannot dry what is already soaked.
      </p>
      <blockquote>
        <p>A shell keeps rain out. It cannot dry what is already soaked.</p>
      </blockquote>
      <h2>Hands, head, feet</h2>
      <ul>
        <li>Carry two pairs of gloves: thin ones to wear, thick ones to keep dry in the pack.</li>
        <li>A hat weighs less than any other warmth you can carry. Take it in July.</li>
        <li>Boots that fit with your thick socks on, in the afternoon, when feet are at their biggest.</li>
      </ul>
      <h2>The bag at the bottom</h2>
      <p>
        One dry top, in a plastic bag, at the bottom of the pack. You never wear it on the hill unless
        something has gone wrong. I have opened mine twice in thirty years, and was glad both times.
      </p>
    </>
  )
}
