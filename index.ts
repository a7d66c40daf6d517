/** What `pulumi up` makes: the classifier's image, the architectures that the stack asks for, and their benchmark. */
import * as kubernetes from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { readStackConfig } from './infra/config/index.ts';
import { Benchmark, ClassifierImage, makeArchitectures } from './infra/kubernetes/index.ts';

/** Returns the stack's outputs. */
export default async function stack(): Promise<Record<string, unknown>> {
  const config = readStackConfig();
  const cluster = config.kubernetes;
  const provider = new kubernetes.Provider('cluster', cluster);
  const image = await ClassifierImage.of('classifier', config.image, cluster);
  const made = makeArchitectures({ config, image, provider });
  const targets = made.map(({ target }) => target);

  const { enabled, from, token, rate, loadSeconds: seconds, quietSeconds, ...measured } = config.benchmark;
  const settings = { ...measured, autoscaling: { rate, seconds, quietSeconds } };
  const { name: imageName, digest: imageDigest, pullSecretIn } = image;
  const { run, job } = new Benchmark(
    'benchmark',
    {
      ...settings,
      enabled,
      from,
      token,
      name: pulumi.getStack(),
      cluster,
      targets,
      image: { name: imageName, digest: imageDigest },
      pullSecretIn,
    },
    { providers: [provider], dependsOn: made.flatMap(({ resources }) => resources) },
  );

  return {
    imageName,
    imageDigest,
    urls: Object.assign({}, ...made.map(({ urls }) => urls)),
    // What `faceoff bench --stack` needs.
    targets,
    cluster,
    benchmark: { ...settings, ...(job && { job }) },
    ...(run && { report: run.report, summary: run.summary }),
  };
}
