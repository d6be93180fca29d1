import { RadioControl, SelectControl, TextControl } from '@wordpress/components'
import { __, sprintf } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { momentWords } from '../common/moment-words.ts'
import type { SiteFacts } from '../server/answers.ts'
import { Section } from './section.tsx'
import type { SectionProps } from './section-props.ts'

/** How variants reach visitors, and what stands between. */
export function DeliverySection({ settings, facts, set }: SectionProps): ReactElement {
  return (
    <Section title={__('Delivery and page cache', 'attune')} truth={cacheTruth(settings.page_cache, facts)}>
      <SelectControl
        __nextHasNoMarginBottom
        __next40pxDefaultSize
        label={__('How variants reach visitors', 'attune')}
        help={deliveryHelp(settings.delivery)}
        value={settings.delivery}
        options={[
          { value: 'auto', label: __('Automatic: what fits each placement', 'attune') },
          { value: 'server', label: __('Server: WordPress chooses', 'attune') },
          { value: 'inline', label: __('In the page: the browser chooses before it paints', 'attune') },
          { value: 'fragment', label: __('Fragment: fetched when the page is there', 'attune') },
          { value: 'edge', label: __('Edge: a worker in front of the site chooses', 'attune') },
          { value: 'static', label: __('Static: everybody sees defaults', 'attune') },
        ]}
        onChange={(delivery) => set({ delivery })}
      />
      <SelectControl
        __nextHasNoMarginBottom
        __next40pxDefaultSize
        label={__('Page cache', 'attune')}
        value={settings.page_cache}
        options={[
          { value: 'auto', label: __('Look for one', 'attune') },
          { value: 'none', label: __('There is none in front of this site, I am sure', 'attune') },
        ]}
        onChange={(page_cache) => set({ page_cache })}
      />
    </Section>
  )
}

function cacheTruth(setting: string, { caches, keys }: SiteFacts): string {
  if (setting === 'none')
    return __(
      'You said that no page cache stands before this site: WordPress chooses on every request.',
      'attune',
    )
  if (caches.length === 0)
    return __(
      'No page cache was found in WordPress. One before it, at the host or a CDN, cannot be seen from here, so pages are made safe for one.',
      'attune',
    )
  const names = caches.join(', ')
  return keys
    ? // translators: %s: names of page caches.
      sprintf(__('%s is active and keeps pages apart by segments of the visit.', 'attune'), names)
    : // translators: %s: names of page caches.
      sprintf(
        __(
          '%s is active: every visitor gets the same HTML, and the browser chooses before it paints.',
          'attune',
        ),
        names,
      )
}

function deliveryHelp(delivery: string): string {
  const words: Readonly<Record<string, string>> = {
    auto: __(
      'Confidential variants are never put into a page’s source, and cached pages are the same for everybody.',
      'attune',
    ),
    server: __(
      'Only what a visitor sees is sent; pages that depend on the visitor are kept out of caches.',
      'attune',
    ),
    inline: __('All variants stand in the page’s source: nothing confidential belongs into them.', 'attune'),
    fragment: __(
      'The default is seen first; the variant comes with one request for the whole page.',
      'attune',
    ),
    edge: __('Only for requests that your worker signs; everybody else gets what fits without it.', 'attune'),
    static: __('Nothing is personalised.', 'attune'),
  }
  return words[delivery] ?? ''
}

/** Whose ruleset is in force. */
export function SourceSection({ settings, facts, set }: SectionProps): ReactElement {
  return (
    <Section title={__('Ruleset', 'attune')} truth={sourceTruth(facts)}>
      <RadioControl
        label={__('Where segments are edited', 'attune')}
        selected={settings.source}
        options={[
          { value: 'here', label: __('Here, on the screen Segments', 'attune') },
          { value: 'url', label: __('Elsewhere; this site reads what is published there', 'attune') },
        ]}
        onChange={(source) => set({ source })}
      />
      {settings.source === 'url' && (
        <TextControl
          __nextHasNoMarginBottom
          __next40pxDefaultSize
          type="url"
          label={__('Address of the published ruleset', 'attune')}
          help={__(
            'It must be signed with the same secret (ATTUNE_SECRET). It is asked for every five minutes.',
            'attune',
          )}
          value={settings.source_url}
          onChange={(source_url) => set({ source_url })}
        />
      )}
      <TextControl
        __nextHasNoMarginBottom
        __next40pxDefaultSize
        label={__('Name of the site', 'attune')}
        help={__(
          'Tokens are bound to it. It must be the same in every part of one installation, such as the collector.',
          'attune',
        )}
        value={settings.site}
        onChange={(site) => set({ site })}
      />
    </Section>
  )
}

function sourceTruth({ revision, compiled, source, sourceAge, trouble }: SiteFacts): string {
  const said = [
    compiled === 'none'
      ? __('No ruleset is in force: everybody sees defaults.', 'attune')
      : // translators: %s: name of a revision.
        sprintf(__('Revision %s is in force.', 'attune'), revision),
    compiled === 'option'
      ? __(
          'Its file could not be written, so it is read from the database; wp-content/cache should be writable.',
          'attune',
        )
      : '',
    source === 'stale' && sourceAge !== null
      ? // translators: %s: day and time.
        sprintf(
          __('It was last confirmed on %s; the last good one stays in force.', 'attune'),
          momentWords(Date.now() - sourceAge * 1000),
        )
      : '',
    // translators: %s: what went wrong.
    trouble === '' ? '' : sprintf(__('The last attempt to read it failed: %s', 'attune'), trouble),
  ]
  return said.filter((sentence) => sentence !== '').join(' ')
}

/** Whom the site believes about countries. */
export function GeoSection({ settings, set }: SectionProps): ReactElement {
  const { geo_header } = settings
  return (
    <Section
      title={__('Country', 'attune')}
      truth={
        geo_header === ''
          ? __('No header is believed, so nobody’s country is known.', 'attune')
          : // translators: %s: name of a header.
            sprintf(
              __(
                'The country is read from the header %s. Whoever reaches the server past your proxy can forge it.',
                'attune',
              ),
              geo_header,
            )
      }
    >
      <TextControl
        __nextHasNoMarginBottom
        __next40pxDefaultSize
        label={__('Request header with the country', 'attune')}
        help={__(
          'Set by your proxy or CDN, such as CF-IPCountry. Leave it empty if there is none.',
          'attune',
        )}
        value={geo_header}
        onChange={(text) => set({ geo_header: text.trim() })}
      />
    </Section>
  )
}
