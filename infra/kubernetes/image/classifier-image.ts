import * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import type { StackConfig } from '../../config/index.ts';
import { contentTag } from './content.ts';
import { contextOf } from './context.ts';
import { Delivery } from './delivery.ts';
import { type Daemon, minikubeDaemon } from './minikube-docker.ts';
import { pullSecret } from './pull-secret.ts';

type ImageConfig = StackConfig['image'];

export interface ClassifierImageArgs {
  /** `image:…` of the stack's configuration. */
  image: ImageConfig;
  /** Tells the content of the image; needed to build. */
  tag?: string;
  /** Builds the image instead of the Docker daemon of this machine. */
  daemon?: Daemon;
  /** The context that names the cluster; needed to deliver to its nodes. It is the profile of one of Minikube. */
  context?: string;
}

const dockerfile = 'app/Dockerfile';

/** The image that every replica of both architectures runs: built once, tagged by its content, and brought to the nodes. */
export class ClassifierImage extends pulumi.ComponentResource {
  /** With its tag. What uses it waits until the nodes can get the image. */
  readonly name: pulumi.Output<string>;
  /** What tells the image's content: the registry's digest, else the image's id, else its name. */
  readonly digest: pulumi.Output<string>;
  /** Makes the Secret that pods of a namespace need to pull, and gives its name. Absent where they need none. */
  readonly pullSecretIn?: (namespace: pulumi.Input<string>, parent: pulumi.Resource) => pulumi.Output<string>;

  constructor(name: string, args: ClassifierImageArgs, opts?: pulumi.ComponentResourceOptions) {
    super('faceoff:kubernetes:ClassifierImage', name, {}, opts);
    const { image } = args;
    const { server, credentials } = image.registry ?? {};
    if (server !== undefined && credentials !== undefined) {
      this.pullSecretIn = (namespace, parent) => pullSecret({ server, credentials }, namespace, parent);
    }
    if (image.name === undefined) {
      const built = this.#build(name, args);
      this.digest = built.repoDigest;
      this.name = this.#deliver(name, args, built);
    } else {
      this.digest = this.name = pulumi.output(image.name);
    }
    this.registerOutputs({ name: this.name, digest: this.digest });
  }

  /**
   * Makes the image of a stack whose program runs in the project's folder.
   * @throws RunError when the cluster's context, or a daemon that the configuration names, cannot be found.
   */
  static async of(name: string, image: ImageConfig, cluster: StackConfig['kubernetes']): Promise<ClassifierImage> {
    if (image.name !== undefined) return new ClassifierImage(name, { image });
    const tag = await contentTag('.', { dockerfile, platform: image.platform, base: image.base });
    if (image.delivery === 'registry') return new ClassifierImage(name, { image, tag });
    const context = await contextOf(cluster);
    if (image.delivery !== 'minikube-docker') return new ClassifierImage(name, { image, tag, context });
    return new ClassifierImage(name, { image, tag, daemon: await minikubeDaemon(context) });
  }

  #build(name: string, { image, tag, daemon }: ClassifierImageArgs): docker.Image {
    const { registry, platform, base, delivery } = image;
    const push = delivery === 'registry' && registry !== undefined;
    return new docker.Image(
      name,
      {
        imageName: `${push ? inRegistry(image.repository, registry.server) : image.repository}:${tag}`,
        build: {
          context: '.',
          dockerfile,
          ...(platform !== undefined && { platform }),
          ...(base !== undefined && { args: { NODE_IMAGE: base } }),
        },
        skipPush: !push,
        ...(push && { registry: { server: registry.server, ...registry.credentials } }),
      },
      { parent: this, ...(daemon && { provider: new docker.Provider(name, daemon, { parent: this }) }) },
    );
  }

  #deliver(name: string, { image, context = '' }: ClassifierImageArgs, built: docker.Image): pulumi.Output<string> {
    const { delivery, command = '' } = image;
    if (delivery === 'registry' || delivery === 'minikube-docker') return built.imageName;
    const way = delivery === 'command' ? { by: delivery, command, context } : { by: delivery, profile: context };
    const args = { image: built.imageName, digest: built.repoDigest, way };
    return new Delivery(name, args, { parent: this }).image;
  }
}

function inRegistry(repository: string, server: string): string {
  return repository.startsWith(`${server}/`) ? repository : `${server}/${repository}`;
}
