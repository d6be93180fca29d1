/** An event that the tracker sends by itself. */
export interface Heard {
  /** When, as the end of a sentence. */
  readonly when: string
  /** What of the page it hears. */
  readonly markup: string
}

const SCRIPT = '<script async src="/attune.js"></script>'
const FORM = '<form id="newsletter">…</form>'
const VIDEO = '<video data-attune-video="Trail film" src="/trail-film.mp4"></video>'

/** The events that the tracker sends by itself, by name: a page that sent them too would count them twice. */
export const HEARD_BY_TRACKER: { readonly [name: string]: Heard } = {
  page_view: { when: 'a page is shown', markup: SCRIPT },
  scroll: { when: '25, 50, 75 and 90 % of a page came into view', markup: SCRIPT },
  user_engagement: { when: 'a page is hidden or left', markup: SCRIPT },
  session_start: { when: 'a session begins', markup: SCRIPT },
  select_content: {
    when: 'what has data-attune-click is clicked',
    markup: '<a href="/sale" data-attune-click="hero-button">…</a>',
  },
  view_search_results: { when: 'a page has a search in its address', markup: SCRIPT },
  form_start: { when: 'something is first entered into a form', markup: FORM },
  form_submit: { when: 'a form is sent', markup: FORM },
  form_abandon: { when: 'a page is left with a form that was begun', markup: FORM },
  video_start: { when: 'a video begins to play', markup: VIDEO },
  video_progress: { when: '10, 25, 50, 75 and 90 % of a video were played', markup: VIDEO },
  video_complete: { when: 'a video was played to its end', markup: VIDEO },
  share: { when: 'a page was shared by the browser’s own menu', markup: SCRIPT },
  exposure: {
    when: 'the variant of a placement was seen for a second',
    markup: '<section data-attune-placement="hero" data-attune-variant="hiking">…</section>',
  },
}
