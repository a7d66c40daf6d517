export { crowdingOf, defaults, type Model, modelOf, type Range, type Side } from './model.ts';
