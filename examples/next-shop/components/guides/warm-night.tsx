import type { ReactNode } from 'react'

/** The text of “A warm night out: sleeping well below zero”. */
export function WarmNightGuide(): ReactNode {
  return (
    <>
      <p className="lead">
        My grandmother slept on spruce boughs under a boat and said she had never been cold. I have slept on a
        glacier in the best bag that money buys and been cold all night. She knew something about the ground.
      </p>
      <h2>Cold comes from below</h2>
      <p>
        Your weight presses the filling under you flat, and flat down is not warm. What keeps you from the
        ground is the mat, so look at its R-value before you look at the bag: two for summer, four for frost,
        six for snow. Two mats count together.
      </p>
      <h2>Choose the pitch, not the view</h2>
      <p>
        Cold air runs downhill like water and lies in hollows. Ten metres up from the lake can be five degrees
        warmer than the shore. Put the foot of the tent into the wind, and the door where the morning sun will
        be.
      </p>
      <h2>Read the numbers on the bag</h2>
      <ul>
        <li>
          <b>Comfort</b> is where a cold sleeper sleeps. Buy by this one.
        </li>
        <li>
          <b>Limit</b> is where a warm sleeper, curled up, just about manages.
        </li>
        <li>
          <b>Extreme</b> is about surviving. It is not a temperature for holidays.
        </li>
      </ul>
      <blockquote>
        <p>Buy by the comfort figure. The others are for the brave and the unlucky.</p>
      </blockquote>
      <h2>Before you zip it up</h2>
      <p>
        Eat something with fat in it, and go outside one last time. Fill a flask with hot water, put it in a
        sock, and put the sock at your feet: it is warm until four, which is when you need it. Keep tomorrow's
        clothes in the bag with you, and your nose out of it; breath is water, and water is cold.
      </p>
      <p>Then lie still for a minute and listen. That is what you came for.</p>
    </>
  )
}
