import type { ArchitectureArgs, Made } from './made.ts';

/** The classifier as a function of each platform that the configuration chose. */
export function makeServerless({ config, platform }: ArchitectureArgs): Made[] {
  const { platforms, serverless } = config;
  return platforms.map((on) => {
    const { resources, urls, deploy } = platform(on);
    const { resource, ...deployed } = deploy({ resource: 'function', name: 'classifier', scaling: serverless });
    // One alone is called as its architecture, as on other platforms.
    const name = platforms.length > 1 ? on : 'serverless';
    return {
      target: { name, architecture: 'serverless', minReplicas: serverless.minReplicas, ...deployed },
      resources: [...resources, resource],
      urls: { [name]: deployed.url, ...urls },
    };
  });
}
