import type { PlainObject } from '../../model/plain';
import type { Shape } from '../../model/shape';
import type { Compared } from './compared';

/** A published net, as `scripts/nets/generate.ts` writes it into `nets.json`. All its sizes and counts are known. */
export interface Net {
  readonly id: string;
  readonly title: string;
  readonly authors: string;
  readonly year: number;
  /** Percent: of the net's entry to the ImageNet competition, where it was one. */
  readonly top5Error?: number;
  readonly layerCount: number;
  readonly depth: number;
  readonly sizes: readonly string[];
  readonly inputs: readonly Shape[];
  readonly outputs: readonly Shape[];
  readonly totalParams: number;
  readonly trainableParams: number;
  readonly macs: number;
  readonly activations: number;
  readonly layers: readonly NetLayer[];
}

/** Name, class, output without its batch, parameters, trainable ones, multiply-accumulates, options. */
export type NetLayer = readonly [
  name: string,
  className: string,
  output: Shape,
  params: number,
  trainableParams: number,
  macs: number,
  options: PlainObject,
];

/** All nets, the earliest first. Their file is loaded when it is first asked for. */
export async function referenceNets(): Promise<readonly Net[]> {
  const { default: nets } = await import(/* webpackChunkName: "nets" */ './nets.json');
  return nets as unknown as readonly Net[];
}

export const comparedNet = ({ id: _, authors, layers, ...net }: Net): Compared => ({
  ...net,
  about: `${authors}, ${net.year}`,
  label: net.title,
  layers: layers.map(([name, className, output, params, trainableParams, macs, options]) => ({
    name,
    isNamed: true,
    className,
    output: [null, ...output],
    params,
    trainableParams,
    macs,
    options,
  })),
});
