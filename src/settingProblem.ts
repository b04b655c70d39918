import type { z } from 'zod';
import type { Text } from './faults.js';

type Issue = z.core.$ZodIssue;

/** What the schema says of texts with a form of their own -> the same in Dutch. */
const forms: Readonly<Record<string, string>> = {
  'a number of seconds, or with ms, s, m, h or d': 'een aantal seconden, of met ms, s, m, h of d',
  'a number of bytes, or with k, M or G': 'een aantal bytes, of met k, M of G',
  'at least 16 characters': 'minstens 16 tekens',
  'host names, separated by commas': 'namen van hosts, met een komma ertussen',
};

function allowed(issue: Issue): Text {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'number' || issue.expected === 'int' ? { nl: 'een geheel getal', en: 'a whole number' } : { nl: `een ${issue.expected}`, en: `a ${issue.expected}` };
    case 'too_small':
    case 'too_big': {
      const known = forms[issue.message];
      if (known !== undefined) return { nl: known, en: issue.message };
      const limit = String(issue.code === 'too_small' ? issue.minimum : issue.maximum);
      return issue.code === 'too_small' ? { nl: `minstens ${limit}`, en: `at least ${limit}` } : { nl: `hoogstens ${limit}`, en: `at most ${limit}` };
    }
    case 'invalid_value': {
      const values = issue.values.map(String);
      return { nl: values.join(' of '), en: values.join(' or ') };
    }
    case 'invalid_union': {
      const options = issue.errors.flatMap(([first]) => (first ? [allowed(first)] : []));
      return { nl: options.map(({ nl }) => nl).join(', of '), en: options.map(({ en }) => en).join(', or ') };
    }
    case 'invalid_format':
      return issue.format === 'url' ? { nl: 'een webadres met http of https', en: 'a web address with http or https' } : { nl: forms[issue.message] ?? issue.message, en: issue.message };
    default:
      return { nl: issue.message, en: issue.message };
  }
}

/** Which settings are wrong, what they were and what they may be. */
export function settingProblems(issues: readonly Issue[], given: Readonly<Record<string, string>>): Text {
  const each = issues.map((issue) => {
    const name = String(issue.path[0] ?? '');
    /* A secret stays out of the message. */
    const value = name === 'ADMIN_TOKEN' ? '' : ` "${given[name] ?? ''}"`;
    const { nl, en } = allowed(issue);
    return { nl: `${name}${value} kan niet; het moet zijn: ${nl}`, en: `${name}${value} is not possible; it must be: ${en}` };
  });
  return { nl: `Foute instelling: ${each.map(({ nl }) => nl).join('; ')}.`, en: `Wrong setting: ${each.map(({ en }) => en).join('; ')}.` };
}
