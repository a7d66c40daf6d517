export { type RouterConfig, routerConfig } from './router-config.ts';
export { routerVariables } from './variables.ts';
