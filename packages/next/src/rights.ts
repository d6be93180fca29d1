export {
  createMyDataRoute,
  type MyDataRoute,
  type MyDataRouteOptions,
} from './rights/create-my-data-route.ts'
