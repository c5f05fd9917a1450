import type { PlainObject } from './plain';
import type { Count, Dim, Shape, Shapes } from './shape';
import type { SourceSpan, Span } from './span';
import type { ModelGraph } from './graph';
import type { OpList } from './ops';
import type { MakerCall, TrainingCall } from './training';

/** Everything that was read from one file: plain data, safe to post to another thread or process. */
export interface Reading {
  /** Absolute, with forward slashes. */
  readonly path: string;
  readonly sites: readonly Site[];
  readonly models: readonly ModelRead[];
  /** The calls of functions and methods that give tensors when the program runs, in the order of the source. */
  readonly tensors: readonly TensorRead[];
  /** The calls that prepare or start training, in the order of the source. */
  readonly trainings: readonly TrainingCall[];
  /** The calls that make initializers, regularizers and optimizers, in the order of the source. */
  readonly makers?: readonly MakerCall[];
  /** The functions in which layers come to be, in the order of the source. */
  readonly helpers?: readonly Helper[];
  /** The tokens that stand for models, in the order of the source. */
  readonly modelUses?: readonly ModelUse[];
  readonly problems: readonly Problem[];
  /** The comments `@budget` of the file; undefined where there are none. */
  readonly budgets?: readonly BudgetComment[];
  /** The text does not parse as it stands: what is missing here may only be half typed. */
  readonly isBroken?: true;
  /** What stopped the reading early ("step budget of 2,000,000 used up", "file larger than 5 MB"), empty where nothing did. */
  readonly limits: readonly string[];
}

/** A variable, or the name of what is called, that stands for a model. */
export interface ModelUse {
  readonly span: Span;
  /** Several where its line is reached with more than one. Those that another file builds are none of `Reading.models`. */
  readonly models: readonly ModelRead[];
}

/** A function or method of the source in which layers come to be: made by itself, or by what it calls. */
export interface Helper {
  readonly name: string;
  readonly nameSpan: Span;
  readonly span: Span;
  /** How many calls of it led to layers. */
  readonly calls: number;
}

/** A place in the source where layers are made: a call of a factory of `tf.layers`, or `new` of a custom layer class. */
export interface Site {
  /** `path#offset` of `name`; stable while the text before it is. */
  readonly id: string;
  /** The factory's name (`conv2d` in `tf.layers.conv2d(`), or the keyword `new` for a custom class. */
  readonly name: Span;
  /** The whole call expression, callee and arguments. */
  readonly call: Span;
  /** What the layer, or its output, is assigned to: name of the variable or property. */
  readonly variable?: Span;
  /** The names of the variables' uses and `.apply` tokens in this file that apply a layer of this site. */
  readonly applications: readonly Span[];
  /** The options written out in the call, in their order. */
  readonly options: readonly OptionSite[];
  /** Those of them that TensorFlow.js never looks at, each with the option that was probably meant. */
  readonly ignored?: readonly { readonly key: string; readonly nearest?: string }[];
  /** The function the call stands in, where there is one. */
  readonly helper?: string;
  /** All of that function. */
  readonly helperSpan?: Span;
  /** How many calls of that function made the layers of this site, however many each of them made. */
  readonly helperCalls?: number;
  /** `conv2d`; for a custom class its name. */
  readonly factory: string;
  /** `Conv2D`, TensorFlow.js' class name. */
  readonly className: string;
  /** The distinct layers that this line made, in the order of their making. */
  readonly cases: readonly LayerCase[];
  /** Why a part or all of the answer is not known; undefined where all is. */
  readonly unknown?: string;
}

/** The calls through which so many layers came, outermost first. */
export interface Way {
  readonly calls: readonly CallAt[];
  readonly count: number;
}

/** Where the name of what is called stands. */
export interface CallAt extends SourceSpan {
  /** 1-based, for places in other files, whose text is not at hand. */
  readonly line?: number;
}

/** What a layer does inside a wrapper (timeDistributed, bidirectional), which builds it and counts its parameters. */
export interface InsideWrapper {
  /** The wrapper's factory, and its 1-based line. */
  readonly wrapper: string;
  readonly line?: number;
  /** How often it runs, where it is given one time step; undefined where it is given the whole sequence. */
  readonly steps?: Dim;
  readonly inputShape: Shape;
  readonly outputShape: Shapes;
  readonly params?: Count;
}

export interface OptionSite {
  readonly key: string;
  /** The key and its value: the whole property. */
  readonly span: Span;
  readonly value: Span;
}

/** Layers of one site that agree in everything that is shown. */
export interface LayerCase {
  /** The first layer's name, given or automatic. */
  readonly name: string;
  /** How many layers of the site this case stands for. */
  readonly count: number;
  /** undefined where the layer was never applied, or its input is not known. */
  readonly inputShape?: Shapes;
  /** undefined where it is not known; `unknown` then says why. */
  readonly outputShape?: Shapes;
  readonly params?: Count;
  readonly trainableParams?: Count;
  /** Multiply-accumulates for one example; undefined where no formula is known. */
  readonly macs?: Count;
  /** For a layer class of the source: what its `call` really gives, where it was read; TensorFlow.js goes by `outputShape`, which the class declares. */
  readonly callShape?: Shapes;
  /** What its `call` computes, as a straight line of ops, or why it is none. */
  readonly ops?: OpList | string;
  /** The unknowns that shapes and counts are formulas over, each with the reason why it is one. */
  readonly unknowns?: readonly { readonly name: string; readonly reason: string }[];
  /** For a layer that is given to a wrapper: what it does there. It has no shapes of its own then. */
  readonly inside?: InsideWrapper;
  /** The options as TensorFlow.js normalises them (kernelSize [3, 3], strides [1, 1], padding 'valid'); `{"$unknown": …}` where open. */
  readonly config: PlainObject;
  /** The calls that led here, outermost first, each with how many layers came through it; empty for straight code. */
  readonly calls: readonly { readonly at: CallAt; readonly count: number }[];
  /** All ways of calls to its layers, each once, the calls outermost first; undefined where no call led to them. */
  readonly ways?: readonly Way[];
  /** The unknown condition under which this case exists. */
  readonly when?: string;
  /** The call site, in another file, under which this case exists: `train.ts:12`. */
  readonly caller?: string;
  /** Why this case's shape or count is not known. */
  readonly unknown?: string;
}

/** A call that gives tensors: `tf.zeros([2, 3])`, `x.reshape([-1, 784])`, `model.predict(x)`. */
export interface TensorRead {
  /** `path#offset` of `name`. */
  readonly id: string;
  /** The function's or method's name. */
  readonly name: Span;
  readonly call: Span;
  /** What the tensor is assigned to. */
  readonly variable?: Span;
  /** The function's path in `tf` (`matMul`, `image.resizeBilinear`), or the method's name. */
  readonly op: string;
  /** What the call gave, each different answer once, in the order of their making. */
  readonly cases: readonly TensorCase[];
}

/** Answers of one call that agree in everything that is shown. */
export interface TensorCase {
  /** The tensors among the arguments, in their order; those of unknown shape are undefined. */
  readonly inputs: readonly (Shape | undefined)[];
  /** Sizes as TensorFlow.js has them, batch first; null only in a layer's `call`, where the batch is open. undefined where not even the rank is known. */
  readonly outputs: readonly (Shape | undefined)[];
  /** Of the outputs; undefined where values that are not known decide it. */
  readonly dtypes: readonly (string | undefined)[];
  /** The unknowns that the shapes are formulas over, each with the reason why it is one. */
  readonly unknowns?: readonly { readonly name: string; readonly reason: string }[];
  /** The unknown condition under which this case exists. */
  readonly when?: string;
  /** The call site, in another file, under which this case exists: `train.ts:12`. */
  readonly caller?: string;
  /** Why a shape is not known, or not wholly. */
  readonly unknown?: string;
}

/** A model that the source builds: `tf.sequential`, `tf.model`, or a class that extends one. */
export interface ModelRead {
  /** `path#offset` of `name`. */
  readonly id: string;
  /** The token `sequential` or `model`. */
  readonly name: Span;
  readonly call: Span;
  readonly variable?: Span;
  /** The function, method or top-level statement list around the model: a caret in it means this model. */
  readonly scope: Span;
  /** The function's name, else the variable's, else the model's: what a person calls it. */
  readonly title: string;
  readonly totalParams: Count;
  readonly trainableParams: Count;
  readonly nonTrainableParams: Count;
  readonly macs?: Count;
  readonly graph: ModelGraph;
  readonly inputShapes: readonly Shape[];
  readonly outputShapes: readonly Shape[];
  /** The model as the runtime would have refused it, in its own words, where it would have. */
  readonly error?: string;
  /** For a model that is loaded: the file, as seen from this one, or in words what it is. */
  readonly readFrom?: string;
  readonly when?: string;
  readonly caller?: string;
  /** What must be told before the model can run as a whole; undefined where nothing is. */
  readonly leftOpen?: readonly LeftOpen[];
}

/** Something that a model's source does not tell and that a person can, by its name. */
export interface LeftOpen {
  /** As the source has it: `numClasses`, `config.units`, `dims[0]`. */
  readonly name: string;
  /** Why it is not known, for people. */
  readonly reason: string;
  /** True where shapes or counts depend on it: a positive whole number. */
  readonly isSize: boolean;
}

/** What a person gave for a name that is left open. */
export interface Given {
  readonly name: string;
  readonly value: GivenValue;
}

export type GivenValue = number | boolean | string | readonly number[];

/** A comment `@budget params<5M macs<1G memory<100MB`: limits for the models that what it stands above or beside builds. */
export interface BudgetComment {
  /** `@budget` itself. */
  readonly tag: Span;
  /** The statement, declaration or member that it is about; undefined where there is none. */
  readonly about?: Span;
  readonly terms: readonly BudgetTerm[];
  /** What of it cannot be read, and what was expected. `isOurs` is false where it may be somebody else's tag. */
  readonly fault?: { readonly span: Span; readonly message: string; readonly isOurs: boolean };
}

/** `params<5M`: a count, or bytes for `memory`, that must stay below, or with `<=` not above, the limit. */
export interface BudgetTerm {
  readonly span: Span;
  readonly measure: BudgetMeasure;
  readonly orEqual: boolean;
  readonly limit: number;
}

export type BudgetMeasure = 'params' | 'macs' | 'memory';

/** As TensorFlow.js and the rules have it an error throws, a warning is a proven silent harm; 'information' comes from settings only. */
export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** Something that is wrong with the source, or with what it says. */
export interface Problem {
  readonly span: Span;
  readonly severity: Severity;
  /** `shape-mismatch`, `syntax`, `too-large`… */
  readonly code: string;
  readonly message: string;
  readonly related?: readonly { readonly at: SourceSpan; readonly message: string }[];
}
