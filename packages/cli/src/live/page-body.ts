/** What stands on the live page before anything is known. */
export const LIVE_BODY: string = `
<noscript><p class="notice">This page counts with a script. Allow scripts here, or use <code>attune tail</code>.</p></noscript>
<form id="door" class="door" hidden>
<h1>Live</h1>
<p>What the collector hears, as it hears it: counts that name nobody.</p>
<input type="text" autocomplete="username" value="Attune live" hidden>
<label for="token">Access token</label>
<input id="token" type="password" autocomplete="current-password" autocapitalize="none" spellcheck="false" required aria-describedby="token-hint door-trouble">
<p id="token-hint" class="soft">Of a key with the role viewer, editor, publisher or admin in <code>ATTUNE_KEYS</code>. It stays in this page until you close or reload it.</p>
<p id="door-trouble" class="trouble" role="alert"></p>
<button class="main" type="submit">Show</button>
</form>
<main id="live" hidden>
<header>
<div>
<p class="soft">Attune collector · <span id="host"></span> · this process alone</p>
<h1 id="title" tabindex="-1">Live</h1>
</div>
<div class="tools">
<p id="state" class="state" role="status"></p>
<button id="pause" type="button">Pause</button>
<button id="leave" type="button">Lock</button>
</div>
</header>
<div id="lost" class="notice bad" hidden><p id="lost-text"></p><button id="retry" type="button">Try now</button></div>
<div role="status"><ul id="alarms" class="alarms" aria-label="Open alarms" hidden></ul></div>
<div id="shown">
<section class="figures" aria-label="At a glance">
${figure('rate', 'Events per second')}
${figure('share', 'Accepted')}
${figure('sessions', 'Active sessions')}
${figure('yes', 'Yes to preferences')}
</section>
<section class="card" aria-labelledby="rate-title">
<h2 id="rate-title">Events per second <span class="soft" id="rate-span">last 5 min</span></h2>
<div id="rate-chart" class="chart"></div>
<details><summary>As a table</summary>
<table><caption class="unseen">Events by minute, last 5 min</caption><thead><tr><th scope="col">Minute from</th><th scope="col" class="number">Accepted</th><th scope="col" class="number">Rejected</th><th scope="col" class="number">Most in a second</th></tr></thead><tbody id="minutes"></tbody></table>
</details>
</section>
<div class="columns">
<div class="column">
<section class="card" aria-labelledby="events-title">
<h2 id="events-title">Top events ${span('accepted, last 5 min')}</h2>
${bars('events', 'Event', ['Events', 'Share'])}
</section>
<section class="card" aria-labelledby="health-title">
<h2 id="health-title">Health ${span('now')}</h2>
<ul id="parts" class="parts"></ul>
<p id="alarms-text" class="empty"></p>
</section>
</div>
<div class="column">
<section class="card" aria-labelledby="reasons-title">
<h2 id="reasons-title">Rejected, by reason ${span('events, last 5 min')}</h2>
${bars('reasons', 'Reason', ['Events', 'Share'])}
<div id="refused-part" hidden>
<h3>Batches turned away ${span('last 5 min')}</h3>
${bars('refused', 'Reason', ['Batches', 'Share'])}
</div>
</section>
<section class="card" aria-labelledby="consent-title">
<h2 id="consent-title">Consent ${span('banner: last hour; batches: last 5 min')}</h2>
${bars('consent', 'Purpose', ['Banner', 'Batches'])}
<p id="consent-note" class="soft">Shares of the answers to the banner, and of the batches that came. Who refuses everything sends none.</p>
</section>
</div>
</div>
</div>
<footer>All of it is of this one process, since <span id="began"></span>. Where several take events, each has a page of its own, and <code>/metrics</code> is for all of them together. Nothing of it is kept. Updated <span id="updated"></span>.</footer>
</main>
`

function figure(id: string, name: string): string {
  return `<div class="figure"><h2>${name}</h2><p class="value" id="${id}">–</p><p class="soft" id="${id}-note"></p></div>`
}

function span(text: string): string {
  return `<span class="soft">${text}</span>`
}

function bars(id: string, name: string, counts: readonly string[]): string {
  const heads = counts.map((count) => `<th scope="col" class="number">${count}</th>`).join('')
  return [
    `<table class="bars" id="${id}-table" aria-labelledby="${id === 'refused' ? 'reasons' : id}-title" hidden>`,
    `<thead><tr><th scope="col">${name}</th><td></td>${heads}</tr></thead><tbody id="${id}"></tbody></table>`,
    `<p id="${id}-empty" class="empty"></p>`,
  ].join('')
}
