export { functionNamespace, gateway, OpenFaas, type OpenFaasArgs } from './openfaas.ts';
