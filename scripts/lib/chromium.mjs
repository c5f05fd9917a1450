// @ts-check
// A real Chromium for the tests: named, found, or installed by the system's package manager where that is allowed.
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Failure, status } from './processes.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** Where installers put it without telling PATH. */
const standardPlaces = () => {
  const { LOCALAPPDATA, PROGRAMFILES, HOME } = process.env;
  const chrome = join('Google', 'Chrome', 'Application', 'chrome.exe');
  switch (process.platform) {
    case 'win32':
      return [PROGRAMFILES, process.env['PROGRAMFILES(X86)'], LOCALAPPDATA].flatMap((folder) => (folder ? [join(folder, chrome)] : []));
    case 'darwin':
      return ['Chromium', 'Google Chrome'].flatMap((name) => {
        const inside = join('Applications', `${name}.app`, 'Contents', 'MacOS', name);
        return [join('/', inside), join(HOME ?? '/', inside)];
      });
    default:
      return ['/usr/lib/chromium/chromium', '/opt/google/chrome/chrome', '/snap/bin/chromium'];
  }
};

/** @param {string} file */
const isExecutable = (file) => {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
};

/** The executable of a Chromium, or undefined. LAYERSCOPE_CHROMIUM wins, and must be right. @returns {string | undefined} */
export const findChromium = () => {
  const named = process.env.LAYERSCOPE_CHROMIUM;
  if (named) {
    if (!isExecutable(named)) throw new Failure(`LAYERSCOPE_CHROMIUM names ${named}, which cannot be executed.`);
    return named;
  }
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => (folder ? names.map((name) => join(folder, name + suffix)) : []));
  return [...onPath, ...standardPlaces()].find(isExecutable);
};

/** The one command with which a person gets a Chromium. */
const howToInstall = () => {
  if (process.platform === 'win32') return 'winget install Google.Chrome';
  if (process.platform === 'darwin') return 'brew install --cask chromium';
  if (existsSync('/etc/debian_version')) return 'sudo apt-get update && sudo apt-get install -y chromium';
  if (existsSync('/etc/fedora-release')) return 'sudo dnf install -y chromium';
  if (existsSync('/etc/arch-release')) return 'sudo pacman -S chromium';
  if (existsSync('/etc/alpine-release')) return 'sudo apk add chromium';
  return 'install Chromium with your package manager';
};

/** Root on Debian and its kin may install without asking. */
const mayInstall = () => process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** Finds a Chromium or installs one; where neither is possible, says what to type. @returns {Promise<string>} */
export const ensureChromium = async () => {
  const found = findChromium();
  if (found) return found;
  if (mayInstall()) {
    console.log('Installing Chromium with apt-get, about a minute …');
    const quiet = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    await status('apt-get', ['update', '-qq'], quiet);
    await status('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet);
    const installed = findChromium();
    if (installed) return installed;
  }
  throw new Failure(
    `The tests that drive VS Code need a Chromium or Chrome, and none was found. Install one:\n\n    ${howToInstall()}\n\nor name one in LAYERSCOPE_CHROMIUM.`,
  );
};
