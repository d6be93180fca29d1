/** User agents as browsers of people send them, put together from what their makers document: desktops, phones, tablets, televisions, in-app views. */
export function browserAgents(): readonly string[] {
  return [...chromes(), ...firefoxes(), ...safaris(), ...inApp(), ...others()]
}

const CHROME_VERSIONS = range(60, 150)
const DESKTOPS = [
  'Windows NT 10.0; Win64; x64',
  'Windows NT 6.1; Win64; x64',
  'Macintosh; Intel Mac OS X 10_15_7',
  'X11; Linux x86_64',
  'X11; CrOS x86_64 14541.0.0',
]
const PHONES = [
  '10; K',
  '14; SM-S921B',
  '13; Pixel 7',
  '12; moto g power (2022)',
  '11; Redmi Note 8 Pro',
  '9; CPH1923',
  '8.1.0; CUBOT_P20',
]
const KHTML = 'AppleWebKit/537.36 (KHTML, like Gecko)'

function chromes(): readonly string[] {
  return CHROME_VERSIONS.flatMap((version) => {
    const chrome = `Chrome/${version}.0.0.0`
    const desktops = DESKTOPS.flatMap((system) => {
      const base = `Mozilla/5.0 (${system}) ${KHTML} ${chrome} Safari/537.36`
      return [
        base,
        `${base} Edg/${version}.0.0.0`,
        `${base} OPR/${version - 14}.0.0.0`,
        `${base} Vivaldi/6.${version % 10}`,
      ]
    })
    const phones = PHONES.flatMap((phone) => {
      const system = `Mozilla/5.0 (Linux; Android ${phone}) ${KHTML}`
      return [
        `${system} ${chrome} Mobile Safari/537.36`,
        `${system} SamsungBrowser/${20 + (version % 8)}.0 ${chrome} Mobile Safari/537.36`,
        `${system} ${chrome} Mobile Safari/537.36 EdgA/${version}.0.0.0`,
        `${system} ${chrome} Safari/537.36`,
      ]
    })
    return [...desktops, ...phones]
  })
}

function firefoxes(): readonly string[] {
  const systems = [
    'Windows NT 10.0; Win64; x64',
    'Macintosh; Intel Mac OS X 10.15',
    'X11; Linux x86_64',
    'X11; Ubuntu; Linux x86_64',
    'Android 14; Mobile',
    'Android 13; Tablet',
  ]
  return range(60, 145).flatMap((version) =>
    systems.map((system) => {
      const engine = system.startsWith('Android') ? `${version}.0` : '20100101'
      return `Mozilla/5.0 (${system}; rv:${version}.0) Gecko/${engine} Firefox/${version}.0`
    }),
  )
}

function safaris(): readonly string[] {
  const versions = range(12, 26).flatMap((major) => range(0, 6).map((minor) => [major, minor] as const))
  return versions.flatMap(([major, minor]) => {
    const safari = `AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${major}.${minor}`
    const phone = `CPU iPhone OS ${major}_${minor} like Mac OS X`
    return [
      `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${safari} Safari/605.1.15`,
      `Mozilla/5.0 (iPhone; ${phone}) ${safari} Mobile/15E148 Safari/604.1`,
      `Mozilla/5.0 (iPad; CPU OS ${major}_${minor} like Mac OS X) ${safari} Mobile/15E148 Safari/604.1`,
      `Mozilla/5.0 (iPhone; ${phone}) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/${major + 100}.0.${minor}.1 Mobile/15E148 Safari/604.1`,
      `Mozilla/5.0 (iPhone; ${phone}) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/${major + 100}.${minor} Mobile/15E148 Safari/605.1.15`,
    ]
  })
}

function inApp(): readonly string[] {
  return range(14, 18).flatMap((major) => {
    const phone = `Mozilla/5.0 (iPhone; CPU iPhone OS ${major}_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148`
    const android = `Mozilla/5.0 (Linux; Android ${major - 4}; SM-A536B; wv) ${KHTML} Version/4.0 Chrome/${major + 100}.0.0.0 Mobile Safari/537.36`
    return [
      `${phone} [FBAN/FBIOS;FBAV/440.0.0.30;FBDV/iPhone13,2;FBMD/iPhone;FBSN/iOS;FBSV/${major}.2;FBSS/3;FBLC/en_GB]`,
      `${phone} Instagram 300.0.0.29.108 (iPhone13,2; iOS ${major}_2; en_GB; scale=3.00; 1170x2532)`,
      `${phone} MicroMessenger/8.0.38(0x18002629) NetType/WIFI Language/zh_CN`,
      `${phone} Safari Line/13.16.0`,
      `${android} Instagram 301.0.0.27.111 Android`,
      `${android} [FB_IAB/FB4A;FBAV/440.0.0.34.110;]`,
      android,
    ]
  })
}

function others(): readonly string[] {
  return [
    'Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko',
    'Mozilla/5.0 (SMART-TV; LINUX; Tizen 7.0) AppleWebKit/537.36 (KHTML, like Gecko) 94.0.4606.31/7.0 TV Safari/537.36',
    'Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/94.0.4606.128 Safari/537.36 WebAppManager',
    'Mozilla/5.0 (PlayStation; PlayStation 5/6.50) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.0 Safari/605.1.15',
    'Mozilla/5.0 (Nintendo Switch; WifiWebAuthApplet) AppleWebKit/609.4 (KHTML, like Gecko) NF/6.0.2.21.3 NintendoBrowser/5.1.0.22474',
    'Mozilla/5.0 (X11; Linux armv7l) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/97.0 Safari/537.36 CrKey/1.56',
    'Opera/9.80 (Android; Opera Mini/36.2.2254/119.132; U; en) Presto/2.12.423 Version/12.16',
    'Mozilla/5.0 (Linux; U; Android 9; en-US; RMX1941) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/57.0.2987.108 UCBrowser/12.13 Mobile Safari/537.36',
    'Mozilla/5.0 (Linux; Android 10; MAR-LX1A) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0 Mobile Safari/537.36 HuaweiBrowser/14.0',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 YaBrowser/24.7 Safari/537.36',
  ]
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at)
}
