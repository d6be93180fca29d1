/** Where WordPress is asked, without a slash at the end: WORDPRESS_URL, default the demo site of `npm start`. */
export const WORDPRESS = (process.env.WORDPRESS_URL || 'http://127.0.0.1:8080').replace(/\/+$/, '')
