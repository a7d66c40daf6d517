import { readFile } from 'node:fs/promises';
import { type KubernetesObject, loadYaml, type V1ConfigMap } from '@kubernetes/client-node';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

/** Where Knative's manifests come from. */
export const manifestSource = z.union([
  z.object({ version: z.string() }),
  /** The digest is of the files among them, so that a change of what is in those is one of the resource. */
  z.object({ places: z.array(z.string()), digest: z.string() }),
]);
type ManifestSource = z.infer<typeof manifestSource>;

/** What is set in Knative's ConfigMaps. */
export const servingSettings = z.object({
  domain: z.string(),
  ingressClass: z.string(),
  /** The registry whose tags are taken as they are: an image that is only on the nodes has no digest to be asked for. */
  registry: z.string(),
});
type ServingSettings = z.infer<typeof servingSettings>;

/**
 * The objects of Knative Serving and of its ingress, as they are to be applied: first those that others stand in or are of.
 * @throws Error that names the file or URL that cannot be had, or is no manifest.
 */
export async function readManifests(
  source: ManifestSource,
  settings: ServingSettings,
  signal: AbortSignal,
): Promise<KubernetesObject[]> {
  const texts = await Promise.all(
    placesOf(source).map(async (place) => ({ place, text: await readPlace(place, signal) })),
  );
  const objects = texts.flatMap(({ place, text }) => parseManifest(text, place));
  return [...objects.filter(isFirst), ...objects.filter((object) => !isFirst(object))].map((object) =>
    configure(object, settings),
  );
}

function placesOf(source: ManifestSource): string[] {
  if ('places' in source) return source.places;
  const release = `releases/download/knative-v${source.version}`;
  return [
    `https://github.com/knative/serving/${release}/serving-crds.yaml`,
    `https://github.com/knative/serving/${release}/serving-core.yaml`,
    `https://github.com/knative-extensions/net-kourier/${release}/kourier.yaml`,
  ];
}

/** The text of a file, or of what a URL leads to. @throws Error that says what to do. */
export async function readPlace(place: string, signal: AbortSignal): Promise<string> {
  if (!/^https?:/.test(place)) return readFile(place, 'utf8');
  const help = 'set another knative:version, or knative:manifests to files that are here';
  const response = await fetch(place, { signal }).catch((cause: Error) => {
    signal.throwIfAborted();
    throw new Error(`${place} cannot be reached (${(cause.cause as Error | undefined)?.message}); ${help}`, { cause });
  });
  if (!response.ok) throw new Error(`${place} answered ${response.status}; ${help}`);
  return response.text();
}

const kubernetesObject = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
});

function parseManifest(text: string, place: string): KubernetesObject[] {
  const documents = parseAllDocuments(text);
  const objects = (Array.isArray(documents) ? documents : []).flatMap((document) => {
    const [fault] = document.errors;
    if (fault !== undefined) throw new Error(`${place} is not YAML: ${fault.message.split('\n')[0]}`);
    // Documents with nothing but comments.
    const content: unknown = document.toJS();
    return content === null || content === undefined ? [] : [content];
  });
  if (objects.length === 0) throw new Error(`${place} has no object of Kubernetes in it`);
  return objects.map((object) => {
    if (!kubernetesObject.safeParse(object).success) {
      throw new Error(`${place} has something else in it than objects of Kubernetes`);
    }
    // The library's own form, as its client sends it.
    return loadYaml<KubernetesObject>(JSON.stringify(object));
  });
}

function isFirst({ kind }: KubernetesObject): boolean {
  return kind === 'Namespace' || kind === 'CustomResourceDefinition';
}

function configure(object: KubernetesObject, { domain, ingressClass, registry }: ServingSettings): KubernetesObject {
  const settings: Record<string, Record<string, string>> = {
    'config-domain': { [domain]: '' },
    'config-network': { 'ingress-class': ingressClass },
    'config-deployment': { 'registries-skipping-tag-resolving': `kind.local,ko.local,dev.local,${registry}` },
  };
  const own = object.kind === 'ConfigMap' ? settings[object.metadata?.name ?? ''] : undefined;
  if (own === undefined) return object;
  const map: V1ConfigMap = object;
  return { ...map, data: { ...map.data, ...own } } as V1ConfigMap;
}
