import type { z } from 'zod';
import { localChart } from './chart.ts';
import * as field from './fields.ts';
import { manifestList } from './manifests.ts';

/** One key of the stack's configuration: what it may be, what it means, and what holds when it is not set. */
export interface Key<T extends z.ZodType = z.ZodType> {
  readonly value: T;
  readonly description: string;
  /** As the configuration would hold it. Absent where nothing, or something that other keys decide, stands in. */
  readonly fallback?: string;
  readonly required?: true;
  /** Always kept as a secret, however it was set. */
  readonly secret?: true;
  /** Stays a secret when it was set as one; keys that are neither are refused then. */
  readonly mayBeSecret?: true;
}

const key = <T extends z.ZodType>(value: T, description: string) => ({ value, description });
const keyOr = <T extends z.ZodType>(value: T, fallback: string, description: string) => ({
  value,
  description,
  fallback,
});
const required = <T extends z.ZodType>(value: T, description: string) => ({
  value,
  description,
  required: true as const,
});
const secret = <T extends z.ZodType>(value: T, description: string) => ({ value, description, secret: true as const });
const maybeSecret = <K extends Key>(of: K) => ({ ...of, mayBeSecret: true as const });

const reserved = {
  OFFLINE: 'it is always 1, so that all replicas serve the weights that are in the image',
  HOST: 'replicas must listen on every address',
  PORT: 'replicas must listen on 8080',
};

/** Every key, by namespace. */
export const schema = {
  faceoff: {
    architectures: required(
      field.listOf(['server', 'serverless', 'hybrid'], 1),
      'The architectures to make: some of server, serverless and hybrid.',
    ),
    namespace: keyOr(field.dnsLabel, 'faceoff', 'The namespace of the server. It is made, and must not be there yet.'),
  },
  kubernetes: {
    context: key(field.text, 'The context of the kubeconfig that names the cluster; without it, the current one.'),
    kubeconfig: maybeSecret(
      key(
        field.text,
        'The path or the content of a kubeconfig; without it, KUBECONFIG or ~/.kube/config. Set a content as a secret.',
      ),
    ),
  },
  image: {
    name: key(field.imageName, 'An image that the nodes can already get. Nothing is built then.'),
    repository: keyOr(field.repository, 'faceoff/classifier', 'The name of the built image, without a tag.'),
    delivery: keyOr(
      field.oneOf(['minikube', 'minikube-docker', 'registry', 'command']),
      'minikube',
      "How the built image reaches the nodes: minikube loads it, minikube-docker builds it in Minikube's own Docker daemon, registry pushes it, command runs image:command.",
    ),
    command: maybeSecret(
      key(
        field.text,
        'With delivery command: what brings the image to the nodes. sh runs it with IMAGE, the name of the image, in its environment. It may be set as a secret.',
      ),
    ),
    registryServer: key(
      field.registry,
      'With delivery registry: where the image is pushed. With command or image:name: where it is pulled from, if that needs a password.',
    ),
    registryUsername: maybeSecret(key(field.text, 'As whom to push and pull there. It may be set as a secret.')),
    registryPassword: secret(field.text, 'The password or token of registryUsername.'),
    platform: key(
      field.matching(
        /^[a-z0-9]+\/[a-z0-9]+(\/[a-z0-9]+)?$/,
        'an operating system and a processor, such as linux/amd64',
      ),
      "The platform to build for; without it, the Docker daemon's own.",
    ),
    base: key(
      field.imageName,
      'The image of Node.js to build on, best by its digest, which pins it; without it, the one that app/Dockerfile names by its exact version.',
    ),
  },
  classifier: {
    cpu: keyOr(field.cpu, '500m', 'CPU of one replica, requested and at most, the same in all architectures.'),
    memory: keyOr(
      field.memory,
      '512Mi',
      'Memory of one replica, requested and at most, the same in all architectures.',
    ),
    env: keyOr(
      field.variables(reserved),
      '{}',
      'More environment variables of every replica, the same in all architectures. They are not for secrets.',
    ),
  },
  server: {
    replicas: keyOr(
      field.whole(1, 1000),
      '1',
      'Replicas of the server; with a greater server:maxReplicas, the fewest.',
    ),
    maxReplicas: key(
      field.whole(1, 1000),
      'The most replicas. More than server:replicas makes a HorizontalPodAutoscaler, which needs the metrics server.',
    ),
    cpuTarget: keyOr(
      field.whole(1, 100),
      '70',
      'The use of CPU that the HorizontalPodAutoscaler aims at, in percent of classifier:cpu.',
    ),
  },
  serverless: {
    platform: keyOr(
      field.someOf(['openfaas', 'knative']),
      'openfaas',
      'What runs the function: openfaas, knative, or a list of both, each with a function of its own.',
    ),
    minReplicas: keyOr(
      field.whole(0, 1000),
      '1',
      'The fewest replicas that autoscaling leaves. 0, with Knative alone, leaves none when nobody asks.',
    ),
    maxReplicas: keyOr(field.whole(1, 1000), '5', 'The most replicas that autoscaling makes.'),
    scaleFactor: keyOr(
      field.whole(0, 100),
      '20',
      'OpenFaaS only: one step of autoscaling, in percent of serverless:maxReplicas. 0 turns autoscaling off.',
    ),
    scaleToZero: key(field.whole(1, 1440), 'OpenFaaS Pro only: idle minutes after which no replica is left.'),
  },
  hybrid: {
    base: keyOr(field.whole(1, 1000), '1', 'Replicas of the base, which is always on.'),
    inFlight: keyOr(
      field.wholeOr('measured', 1, 100_000),
      'measured',
      'Requests that a replica of the base may have at once, before others go to the function. measured begins with 8, and leaves what the scenario capacity finds.',
    ),
    platform: key(
      field.oneOf(['openfaas', 'knative']),
      'What runs the function; without it, serverless:platform, or the first of those.',
    ),
    routerImage: keyOr(
      field.imageName,
      'haproxy:3.0.25',
      'The image of the router: HAProxy 2.6 or newer, which SIGUSR1 must end as it does the official image.',
    ),
    clusterDomain: keyOr(
      field.domain,
      'cluster.local',
      "The cluster's DNS domain, in which the router looks up the base.",
    ),
  },
  openfaas: {
    chartVersion: keyOr(
      field.matching(/^\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?$/, 'a version of the chart, such as 12.0.0'),
      '12.0.0',
      "The version of OpenFaaS's Helm chart. 12.0.0 is the last of the MIT edition.",
    ),
    chartRepository: keyOr(
      field.matching(/^(https?|oci):\/\/\S+$/, 'a URL that begins with https://, http:// or oci://'),
      'https://openfaas.github.io/faas-netes/',
      'The Helm repository that the chart comes from.',
    ),
    chartPath: key(localChart, 'A folder with the chart, instead of a repository and a version.'),
    edition: key(
      field.oneOf(['mit', 'ce', 'pro']),
      "The edition of OpenFaaS whose limits are checked; without it, mit up to chart 12 and ce after that, by the chart's version.",
    ),
    values: maybeSecret(
      keyOr(
        field.object('an object of chart values'),
        '{}',
        'Values of the chart, merged over those of the program. They may be set as a secret.',
      ),
    ),
    imagePullPolicy: keyOr(
      field.oneOf(['Always', 'IfNotPresent', 'Never']),
      'IfNotPresent',
      "When nodes pull the images of OpenFaaS and of the function. Today's Community Edition always pulls.",
    ),
    license: secret(field.text, 'The licence of OpenFaaS Pro.'),
  },
  knative: {
    install: keyOr(
      field.yesOrNo,
      'true',
      'Whether Knative Serving and its ingress are installed, and taken away with the stack; false uses those that the cluster has.',
    ),
    version: keyOr(
      field.matching(/^\d+\.\d+\.\d+$/, 'a release of Knative Serving, such as 1.19.0'),
      '1.19.0',
      'The release of Knative Serving, and of Kourier, its ingress.',
    ),
    manifests: key(
      manifestList,
      'Files or URLs with the manifests of Knative Serving and of its ingress, in the order to apply them, instead of those of a release.',
    ),
    ingressClass: keyOr(
      field.domain,
      'kourier.ingress.networking.knative.dev',
      'The class of the ingress that leads to the function.',
    ),
    ingressService: keyOr(
      field.namespaced,
      'kourier-system/kourier',
      'The Service of that ingress: its namespace and name.',
    ),
    domain: keyOr(
      field.domain,
      'example.com',
      "The domain of the function's host name. Nobody has to resolve it: requests carry the name.",
    ),
    containerConcurrency: keyOr(
      field.whole(0, 1000),
      '0',
      'The most requests that a replica gets at once. 0 sets no limit.',
    ),
    metric: keyOr(
      field.oneOf(['rps', 'concurrency']),
      'rps',
      'What autoscaling counts: requests a second, or requests at once.',
    ),
    target: keyOr(field.whole(1, 100_000), '5', 'How many of those autoscaling aims at for one replica.'),
    window: keyOr(
      field.whole(6, 3600),
      '60',
      'Over how many seconds autoscaling takes the mean, and how long nobody must ask before no replica is left.',
    ),
  },
  exposure: {
    service: keyOr(
      field.oneOf(['NodePort', 'ClusterIP']),
      'NodePort',
      'How targets are reached without ngrok:authtoken: NodePort, or ClusterIP where its addresses route to this machine.',
    ),
    host: key(field.hostName, 'The host of NodePort URLs; without it, the InternalIP of a node.'),
  },
  ngrok: {
    authtoken: secret(field.text, 'The token of an ngrok account. With it, targets get public URLs.'),
    serverDomain: key(field.domain, "The server's public domain; without it, ngrok chooses one."),
    gatewayDomain: key(field.domain, "The gateway's public domain; without it, ngrok chooses one."),
    image: keyOr(field.imageName, 'ngrok/ngrok:3', 'The image of the ngrok agent.'),
  },
  benchmark: {
    enabled: keyOr(field.yesOrNo, 'true', 'Whether `pulumi up` benchmarks what it has made.'),
    profile: keyOr(field.oneOf(['quick', 'paper']), 'quick', 'How much is measured.'),
    scenarios: keyOr(
      field.listOf(['latency', 'throughput', 'capacity', 'cold-start', 'autoscaling', 'burst', 'base-burst'], 0),
      '[]',
      'The scenarios to run. An empty list means all.',
    ),
    objective: keyOr(field.objective, 'p95 < 200ms, errors < 1%', 'What capacity and burst ask for.'),
    seed: keyOr(field.whole(0, 999_999_999), '1', 'Seeds the order of blocks and photos.'),
    photos: key(field.text, 'A folder of photos to send; without it, those that come with the project.'),
    results: keyOr(field.text, 'results', 'The folder that run folders are made in.'),
    token: keyOr(
      field.matching(/^.*$/s, 'a text'),
      '',
      'Any text. Another one makes the next `pulumi up` benchmark again.',
    ),
    from: keyOr(
      field.oneOf(['host', 'job']),
      'host',
      'Where the load comes from: this machine, or a Job in the cluster.',
    ),
    rate: keyOr(
      field.whole(1, 10_000),
      '10',
      'Requests a second of the autoscaling scenario; a burst brings three times as many.',
    ),
    loadSeconds: keyOr(
      field.whole(1, 86_400),
      '150',
      'How long the autoscaling scenario, and a burst, puts load, in seconds.',
    ),
    quietSeconds: keyOr(field.whole(0, 86_400), '30', 'How long it watches afterwards, in seconds.'),
  },
} as const satisfies Record<string, Record<string, Key>>;

/** Every key by its full name, such as `image:delivery`. */
export const configKeys: ReadonlyMap<string, Key> = new Map(
  Object.entries(schema).flatMap(([namespace, section]) =>
    Object.entries(section).map(([name, key]): [string, Key] => [`${namespace}:${name}`, key]),
  ),
);

type Schema = typeof schema;
export type Namespace = keyof Schema;

/** A key that always has a value. */
type Certain<K extends Key> = K extends { fallback: string } | { required: true } ? true : false;
type Section<S extends Record<string, Key>> = {
  [K in keyof S as Certain<S[K]> extends true ? K : never]: z.infer<S[K]['value']>;
} & { [K in keyof S as Certain<S[K]> extends true ? never : K]?: z.infer<S[K]['value']> };

/** All values after each was read by itself. */
export type Values = { [N in Namespace]: Section<Schema[N]> };
