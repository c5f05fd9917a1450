import { AXIS_NAMES, slide, windowsOf } from '../model/windows';
import type { LayerCase, Site } from '../model/reading';
import { isShapeList } from '../model/shape';
import type { Rule } from './rule';
import { findingsBySite } from './where';

/** Padding 'valid' where the windows do not end at the input's end. Nets like AlexNet do so on purpose, so it is a hint. */
export const unreadInput: Rule = {
  code: 'unread-input',
  title: 'rows or columns that no window reaches',
  severity: 'hint',
  check: (reading) => findingsBySite(reading, tell, 'strides', 'poolSize', 'kernelSize'),
};

const tell = ({ inputShape, config }: LayerCase, { className }: Site): string | undefined => {
  if (inputShape === undefined || isShapeList(inputShape)) return undefined;
  const windows = windowsOf(className, config, inputShape);
  const parts = windows?.flatMap((window, axis) => {
    const result = slide(window);
    const name = AXIS_NAMES[windows.length]?.[axis] ?? 'element';
    if (!result || result.unread === 0) return [];
    const lost = `${result.unread} of the ${window.size} ${name}s`;
    return [`${lost}: (${window.size} - ${result.extent})/${window.stride} + 1 is no whole number and is rounded down to ${result.out}`];
  });
  return parts && parts.length > 0 ? `No window reaches the last ${parts.join('; the last ')}.` : undefined;
};
