// The wording of every expected failure, keyed by its `type`: what happened, to which thing, what next.
// Knows no React and no browser: the command line prints the same sentences.

import { unreachable } from '#base/assert.ts';
import type { PlanProblem } from '#engine/plan-types.ts';
import type { StoreError } from '#engine/ports.ts';
import type { ImportError, ImportFileError, LaunchError, RestoreError } from '#engine/workspace-port.ts';
import type { ShareProblem } from '#interop/share/bundle-types.ts';
import type { CommandError } from '#model/commands/command.ts';
import type { GraphProblem } from '#model/graph-problem.ts';
import type { HistoryError } from '#model/history.ts';
import type { DocumentProblem } from '#model/parse-document.ts';
import { formatBytes, formatCount } from './format.ts';

export type AppError =
  | CommandError
  | HistoryError
  | DocumentProblem
  | GraphProblem
  | PlanProblem
  | StoreError
  | LaunchError
  | ImportError
  | ImportFileError
  | RestoreError
  | ShareProblem;

export interface Message {
  /** What happened, to which thing. One sentence. */
  readonly title: string;
  /** What to do next, or more about it. */
  readonly next?: string;
  /** One line for each of several problems. */
  readonly details?: readonly string[];
}

const quoted = (text: string) => `“${text}”`;
const listed = (names: readonly string[]) => names.map(quoted).join(', ');
const sentence = (text: string) => (/[.?…]$/.test(text) ? text : `${text}.`);

/** The message of an error. */
export function messageOf(error: AppError): Message {
  switch (error.type) {
    // Commands.
    case 'AssetNotFound':
      return {
        title: 'This asset is no longer in the project.',
        next: 'It may have been deleted in another tab; undo brings it back.',
      };
    case 'AssetExists':
      return {
        title: 'This asset is already in the project.',
        next: 'Paste or add it again under a new id.',
      };
    case 'KeyInvalid':
      return { title: `${quoted(error.key)} cannot be the key of an asset.`, next: sentence(error.reason) };
    case 'KeyTaken':
      return { title: `Another asset is called ${quoted(error.key)} already.`, next: 'Choose another name.' };
    case 'CycleFound':
      return {
        title: `This would make a circle: ${[...error.path, error.path[0] ?? ''].join(' → ')}.`,
        next: 'An asset cannot depend on itself. Take away one of these edges.',
      };
    case 'CannotConvert':
      return { title: `${quoted(error.key)} stays what it is: ${sentence(error.reason)}` };
    case 'AlreadyConnected':
      return { title: `${quoted(error.to)} depends on ${quoted(error.from)} already.` };
    case 'NotConnected':
      return { title: `${quoted(error.to)} does not depend on ${quoted(error.from)}.` };
    case 'NoInputs':
      return {
        title: `${quoted(error.key)} cannot take another input: ${sentence(error.reason)}`,
        next: 'Let its function destructure its first parameter, as in ({ orders }).',
      };
    case 'CodeOutdated':
      return {
        title: `“${error.path}” has changed since it was opened here.`,
        next: 'Copy your text, cancel, and edit the newer file.',
      };
    case 'EditDoesNotApply':
      return {
        title: `The edit of ${quoted(error.key)} no longer fits its text.`,
        next: 'Its body was changed elsewhere in the meantime. Look at the new text and edit again.',
      };
    case 'NotACodeAsset':
      return { title: `${quoted(error.key)} has no body to edit.` };
    case 'NotAFileAsset':
      return { title: `${quoted(error.key)} does not come from a file.` };
    case 'UnitNotFound':
      return {
        title: 'What makes these assets is no longer in the project.',
        next: 'It may have been deleted in another tab; undo brings it back.',
      };
    case 'UnitExists':
      return { title: 'What makes these assets is already in the project.' };
    case 'NotAnOutput':
      return { title: `${quoted(error.key)} is made by a body of its own.` };
    case 'OutputTaken':
      return {
        title: `Another output is called ${quoted(error.output)} already.`,
        next: 'Choose another name.',
      };
    case 'OpNotFound':
      return {
        title: `The op ${quoted(error.op)} is no longer in the graph.`,
        next: 'It may have been deleted in another tab; undo brings it back.',
      };
    case 'OpNameTaken':
      return {
        title: `Another op of this graph is called ${quoted(error.op)} already.`,
        next: 'Choose another name.',
      };
    case 'OpCannotConnect':
      return { title: `${quoted(error.to)} cannot be connected: ${sentence(error.reason)}` };
    case 'ResourceNotFound':
      return {
        title: `The resource ${quoted(error.key)} is no longer in the project.`,
        next: 'It may have been removed in another tab; undo brings it back.',
      };
    case 'ResourceTaken':
      return {
        title: `Another resource is called ${quoted(error.key)} already.`,
        next: 'Choose another name.',
      };
    case 'CheckNotFound':
      return {
        title: 'This check is no longer in the project.',
        next: 'It may have been deleted in another tab; undo brings it back.',
      };
    case 'CheckNameTaken':
      return {
        title: `Another check of ${quoted(error.key)} is called ${quoted(error.check)} already.`,
        next: 'Choose another name.',
      };
    case 'NameInvalid':
      return { title: sentence(error.reason), next: 'Choose another name.' };
    // History.
    case 'DiffConflict':
      return {
        title: 'This can no longer be taken back or done again: a later change touched the same thing.',
        next: 'Change it by hand instead.',
      };
    case 'NotTheLatest':
      return {
        title: 'Another tab has made a newer change, which you had not seen.',
        next: 'Undo again to take that one back first.',
      };
    case 'NothingToUndo':
      return { title: 'There is nothing to undo.' };
    case 'NothingToRedo':
      return { title: 'There is nothing to redo.' };
    // Files.
    case 'NotJson':
      return {
        title: `This file is not JSON: ${sentence(error.detail)}`,
        next: 'A project file ends in .headwater.json. Was the download complete?',
      };
    case 'NotAProject':
      return {
        title: 'This is JSON, but not a Headwater project.',
        next: 'A project file starts with "format": "headwater".',
      };
    case 'TooLarge':
      return {
        title: `This file is too large: ${formatBytes(error.bytes)}.`,
        next: 'A project file may have 256 MB. Put data files beside it instead of into it.',
      };
    case 'NewerVersion':
      return {
        title: `This file is of version ${error.found}; this app reads up to ${error.known}.`,
        next: 'Reload the page to get the newest app, then open the file again.',
      };
    case 'WrongShape':
      return { title: `Something is wrong at ${error.at}: ${sentence(error.detail)}` };
    case 'DuplicateId':
      return { title: `The id ${quoted(error.id)} stands twice in the file.`, next: 'Give one a new id.' };
    case 'MissingFile':
      return {
        title: `${quoted(error.key)} reads ${quoted(error.path)}, which is not among the project’s files.`,
        next: 'Add the file to “files”, or change the path.',
      };
    case 'BadDocument':
      return {
        title: 'The file was not opened, and nothing was changed.',
        details: error.problems.map((problem) => messageText(problem)),
      };
    case 'FileMismatch':
      return {
        title: `The data file ${quoted(error.path)} is missing, or is not the one that the project was saved with.`,
        next: 'Open the project file together with its data files.',
      };
    case 'BadBackup':
      return {
        title: `This backup cannot be read: ${sentence(error.detail)}`,
        next: 'Nothing was changed. Try another backup file.',
      };
    // What was shared.
    case 'NothingShared':
      return {
        title: 'There is no Headwater project in this.',
        next: 'Some sites and chat programs take out what a picture carries: ask for the file or the link.',
      };
    case 'ShareNewer':
      return {
        title: `This was shared by a newer Headwater: it is of version ${error.found}, and this app reads up to ${error.known}.`,
        next: 'Reload the page to get the newest app, then open it again.',
      };
    case 'ShareTooLarge':
      return {
        title: `This is too large to be opened: ${formatBytes(error.bytes)}; ${formatBytes(error.most)} are allowed.`,
        next: 'Ask for the project file, or for a backup.',
      };
    case 'ShareDamaged':
      return {
        title: `The project in this cannot be read: ${sentence(error.detail)}`,
        next: 'Nothing was opened. Ask for it again, as a file.',
      };
    case 'ShareAltered':
      return {
        title: 'The project in this is not the one that was shared: its content does not fit its hash.',
        next: 'Nothing was opened. Ask for it again.',
      };
    case 'ShareInvalid':
      return {
        title: 'The project in this was not opened, and nothing was changed.',
        details: error.problems.map((problem) => messageText(problem)),
      };
    case 'Canceled':
      return { title: 'Canceled. Nothing was kept.' };
    case 'FileUnreadable':
      return {
        title: `The file could not be read: ${sentence(error.detail)}`,
        next: 'It may have been moved, changed or locked meanwhile. Choose it again.',
      };
    case 'FileTooLarge':
      return {
        title: `The file is too large: ${formatBytes(error.bytes)}.`,
        next: `A data file can have ${formatBytes(error.most)}. Split it, or save it as Parquet.`,
      };
    case 'AssetBusy':
      return {
        title: `A run is about to materialize ${quoted(error.key)}.`,
        next: 'Wait for it to end, or cancel it.',
      };
    case 'ValueLost':
      return {
        title: `This value of ${quoted(error.key)} is lost: its bytes are missing or damaged.`,
        next: 'Nothing was changed. Materialize the asset again.',
      };
    // The graph.
    case 'DuplicateKey':
      return { title: `Two assets are called ${quoted(error.key)}.`, next: 'Rename one of them.' };
    case 'HeadUnreadable':
      return {
        title: `The body of ${quoted(error.key)} cannot be read at line ${error.line}, column ${error.column}: ${sentence(error.reason)}`,
      };
    case 'InputMissing':
      return {
        title: `${quoted(error.key)} reads ${quoted(error.missing)}, which no asset makes.`,
        next:
          error.didYouMean.length > 0
            ? `Did you mean ${listed(error.didYouMean.slice(0, 3))}?`
            : `Add an asset of that name, or take the input away.`,
      };
    case 'FileMissing':
      return {
        title: `${quoted(error.key)} reads the file ${quoted(error.path)}, which the project does not have.`,
        next: 'Add the file again, or delete the asset.',
      };
    case 'DuplicateCheck':
      return {
        title: `Two checks of ${quoted(error.key)} are called ${quoted(error.check)}.`,
        next: 'Rename one of them.',
      };
    case 'ResourceMissing':
      return {
        title: `${quoted(error.key)} needs the resource ${quoted(error.resource)}, which is not defined.`,
        next:
          error.didYouMean.length > 0
            ? `Did you mean ${listed(error.didYouMean.slice(0, 3))}?`
            : 'Add it to the resources.',
      };
    case 'NotSubsettable':
      return {
        title: `${quoted(error.unit)} makes ${listed(error.all)} together; asked for was only ${listed(error.asked)}.`,
        next: 'Select all of them, or let its body make them apart (canSubset).',
      };
    case 'MissingUnit':
      return { title: `The file names a body for ${quoted(error.key)} that it does not hold.` };
    case 'FieldInvalid':
      return { title: `${quoted(error.key)}: ${sentence(error.reason)}`, next: `Change its ${error.field}.` };
    // Launching.
    case 'NothingToRun':
      if (error.reused !== undefined)
        return {
          title: `Nothing was run: ${error.reused === 1 ? 'the asset' : `all ${formatCount(error.reused)} assets`} asked for ${error.reused === 1 ? 'is' : 'are'} up to date.`,
          next: 'Launch without reuse to make them again.',
        };
      return {
        title: 'There is nothing to materialize.',
        next: 'Add an asset with a body, or select one: external assets are made elsewhere.',
      };
    case 'DefinitionsInvalid':
      return {
        title: `${formatCount(error.problems.length)} ${error.problems.length === 1 ? 'problem keeps' : 'problems keep'} the run from starting.`,
        next: 'Solve them, then materialize again.',
        details: error.problems.map((problem) => messageText(problem)),
      };
    case 'BodyInvalid':
      return {
        title: `The body of ${quoted(error.key)} cannot run, line ${error.line}, column ${error.column}: ${sentence(error.message)}`,
      };
    case 'NoValueUpstream':
      return {
        title: `${quoted(error.key)} needs the value of ${quoted(error.upstream)}, which has none yet.`,
        next: `Materialize ${quoted(error.upstream)} first, or together with it.`,
      };
    case 'ConfigInvalid':
      return {
        title:
          error.place === ''
            ? `The config of ${quoted(error.key)} ${sentence(error.reason)}`
            : `The config of ${quoted(error.key)}: ${quoted(error.place)} ${sentence(error.reason)}`,
      };
    case 'ConfigUnused':
      if (error.isKnown) return { title: `${quoted(error.key)} has config but is not part of this run.` };
      return {
        title: `There is config for ${quoted(error.key)}, which is no asset.`,
        ...(error.didYouMean.length === 0 ? {} : { next: `Did you mean ${listed(error.didYouMean)}?` }),
      };
    case 'ProjectNotOpen':
      return { title: 'The project is not open any more.', next: 'Reload the page and try again.' };
    // The store.
    case 'Fenced':
      return {
        title: 'Another tab runs this project now.',
        next: 'Go on here as before: that tab carries out what you ask for.',
      };
    case 'NewerSchema':
      return {
        title: 'A newer Headwater has upgraded the stored projects.',
        next: 'Reload this page to get it. Nothing was written by this old one.',
      };
    case 'QuotaExceeded':
      return {
        title: 'The browser has no room left for this site.',
        next: 'Everything that was said to be saved is safe. Back up the project, then delete projects you no longer need or free disk space.',
      };
    case 'StoreFailed':
      return {
        title: `The browser’s storage failed: ${sentence(error.detail)}`,
        next: 'Everything that was said to be saved is safe. Save the project to a file, then reload the page.',
      };
    default:
      return unreachable(error);
  }
}

/** The message as one text: for a terminal, a tooltip, a list of problems. */
export function messageText(error: AppError): string {
  const { title, next, details } = messageOf(error);
  return [title, next, ...(details ?? []).map((line) => `\n  ${line}`)]
    .filter((part) => part !== undefined)
    .join(' ');
}

/** Why the latest edits are not saved, from DocumentState.save's reason (an error's `type`). */
export function unsavedText(reason: string): string {
  switch (reason) {
    case 'QuotaExceeded':
      return 'the browser has no room left';
    case 'NewerSchema':
      return 'a newer Headwater has upgraded the store; reload the page';
    case 'Fenced':
      return 'another tab has taken over';
    case 'StoreFailed':
      return 'the browser’s storage failed';
    default:
      return reason;
  }
}
