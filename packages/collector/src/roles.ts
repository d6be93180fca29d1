export { type AccessKey, type Caller, digestOf, findCaller, parseAccessKeys } from './roles/access-keys.ts'
export {
  type Access,
  type Admission,
  type Gate,
  type GuardOptions,
  guardRoutes,
  type Route,
} from './roles/guard-routes.ts'
export { isRole, mayDo, PERMISSIONS, type Permission, ROLES, type Role } from './roles/role.ts'
