export { type Agent, type AgentArgs, agent, agentEgress } from './agent.ts';
export { GatewayAgent, type GatewayAgentArgs } from './gateway-agent.ts';
export { PublicUrl, type PublicUrlArgs } from './public-url.ts';
