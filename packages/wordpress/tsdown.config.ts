import { defineConfig, type UserConfig } from 'tsdown'
import { pageScript } from '../../tsdown.base.ts'

function script(name: string, folder = 'front'): UserConfig {
  return {
    ...pageScript(name, `src/${folder}/${name}.ts`),
    outDir: 'build/front',
    // Everything is bundled: the plugin brings what it needs.
    deps: { alwaysBundle: [/^@attune\//] },
  }
}

const configs: UserConfig[] = defineConfig([
  script('attune'),
  script('resolver'),
  script('view-as', 'view-as'),
])

export default configs
