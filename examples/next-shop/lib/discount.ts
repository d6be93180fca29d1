/** The one discount code of the shop and the share it takes off. */
export const discountCode: { readonly code: string; readonly share: number } = { code: 'FELL10', share: 0.1 }
