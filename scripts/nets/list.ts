/** The nets that a model can be compared with: what is said about them, and the program that builds each. */
export interface NetEntry {
  readonly id: string;
  readonly title: string;
  readonly authors: string;
  readonly year: number;
  /** Percent: the ImageNet competition's figure for the entry. Others of a family had no entry of their own. */
  readonly top5Error?: number;
  /** From the top of the tree. */
  readonly program: string;
  /** The function that builds it, without arguments. */
  readonly create: string;
  /** The name that it gives its model. */
  readonly name: string;
}

const SIMONYAN = 'Simonyan and Zisserman';
const HE = 'He, Zhang, Ren and Sun';
const ZEILER = 'Zeiler and Fergus';

const PROGRAMS = 'scripts/nets/programs';
const VGG = `${PROGRAMS}/vgg.ts`;
const BOTTLENECK = `${PROGRAMS}/resnetBottleneck.ts`;
const ZFNET = `${PROGRAMS}/zfnet.ts`;

export const NETS: readonly NetEntry[] = [
  {
    id: 'lenet5',
    title: 'LeNet-5',
    authors: 'LeCun, Bottou, Bengio and Haffner',
    year: 1998,
    program: 'examples/lenet5.ts',
    create: 'createLeNet',
    name: 'lenet5',
  },
  {
    id: 'alexnet',
    title: 'AlexNet',
    authors: 'Krizhevsky, Sutskever and Hinton',
    year: 2012,
    top5Error: 15.4,
    program: 'examples/alexnet.ts',
    create: 'createAlexNet',
    name: 'alexnet',
  },
  {
    id: 'zfnet',
    title: 'ZFNet',
    authors: ZEILER,
    year: 2013,
    top5Error: 14.8,
    program: ZFNET,
    create: 'createZFNetOfLecture',
    name: 'zfnet',
  },
  {
    id: 'zfnet-paper',
    title: "ZFNet, the paper's figure",
    authors: ZEILER,
    year: 2013,
    program: ZFNET,
    create: 'createZFNetOfPaper',
    name: 'zfnet_paper',
  },
  { id: 'vgg13', title: 'VGG-13 (B)', authors: SIMONYAN, year: 2014, program: VGG, create: 'createVGG13', name: 'vgg13' },
  { id: 'vgg16c', title: 'VGG-16 (C)', authors: SIMONYAN, year: 2014, program: VGG, create: 'createVGG16C', name: 'vgg16c' },
  {
    id: 'vgg16',
    title: 'VGG-16 (D)',
    authors: SIMONYAN,
    year: 2014,
    top5Error: 7.3,
    program: 'examples/vgg16.ts',
    create: 'createVGG16',
    name: 'vgg16',
  },
  { id: 'vgg19', title: 'VGG-19 (E)', authors: SIMONYAN, year: 2014, top5Error: 7.3, program: VGG, create: 'createVGG19', name: 'vgg19' },
  {
    id: 'googlenet',
    title: 'GoogLeNet',
    authors: 'Szegedy and others',
    year: 2014,
    top5Error: 6.7,
    program: `${PROGRAMS}/googlenet.ts`,
    create: 'createGoogLeNet',
    name: 'googlenet',
  },
  {
    id: 'convnetjs',
    title: 'ConvNetJS CIFAR-10',
    authors: 'Karpathy',
    year: 2014,
    program: `${PROGRAMS}/convnetjs.ts`,
    create: 'createConvNetJs',
    name: 'convnetjs_cifar10',
  },
  {
    id: 'plain34',
    title: 'Plain-34',
    authors: HE,
    year: 2015,
    program: `${PROGRAMS}/resnetPlain.ts`,
    create: 'createPlain34',
    name: 'plain34',
  },
  {
    id: 'resnet34',
    title: 'ResNet-34',
    authors: HE,
    year: 2015,
    program: 'examples/resnet34.ts',
    create: 'createResNet34',
    name: 'resnet34',
  },
  { id: 'resnet50', title: 'ResNet-50', authors: HE, year: 2015, program: BOTTLENECK, create: 'createResNet50', name: 'resnet50' },
  { id: 'resnet101', title: 'ResNet-101', authors: HE, year: 2015, program: BOTTLENECK, create: 'createResNet101', name: 'resnet101' },
  {
    id: 'resnet152',
    title: 'ResNet-152',
    authors: HE,
    year: 2015,
    top5Error: 3.6,
    program: BOTTLENECK,
    create: 'createResNet152',
    name: 'resnet152',
  },
];
