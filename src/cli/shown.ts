import type { OutcomeDocument, Remark, Reported, VersionDocument } from './documents.js';
import { exitCodes, type ExitCode } from './exitCodes.js';
import type { Language, Say } from './io.js';

const severityWords = {
  fout: { nl: 'Fout', en: 'Error' },
  waarschuwing: { nl: 'Waarschuwing', en: 'Warning' },
  opmerking: { nl: 'Opmerking', en: 'Note' },
} as const;

/** A table of texts, columns as wide as what is in them. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()}\n`).join('');
}

/** 14/03/2026 15.04 uur, in Brussels. */
export function shownTime(iso: string, language: Language): string {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('nl-BE', { timeZone: 'Europe/Brussels', day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false })
      .formatToParts(new Date(iso))
      .map(({ type, value }) => [type, value]),
  );
  return `${parts['day']}/${parts['month']}/${parts['year']} ${parts['hour']}.${parts['minute']}${language === 'nl' ? ' uur' : ''}`;
}

function remarkText(remark: Remark, say: Say): string {
  const { ernst, naam, onderwerp, veld, pad, waarde, melding, regel, oorzaak } = remark;
  const where = regel === undefined ? '' : say({ nl: ` (regel ${regel})`, en: ` (line ${regel})` });
  const subject = naam === undefined || naam === onderwerp ? onderwerp : `${naam} <${onderwerp}>`;
  const field = veld ?? pad;
  const lines = [
    `${say(severityWords[ernst])}${where}: ${melding}`,
    `    ${say({ nl: 'bij', en: 'at' })} ${subject}`,
    ...(field === undefined ? [] : [`    ${say({ nl: 'veld', en: 'field' })} ${field}`]),
    ...(waarde === undefined ? [] : [`    ${say({ nl: 'waarde', en: 'value' })} ${waarde}`]),
    ...(oorzaak === 'was-al-zo' ? [`    ${say({ nl: 'was al zo voor deze wijziging', en: 'was so before this change' })}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** A validation report as a person reads it. */
export function reportText({ rapport, aantallen, afgekapt }: Reported, say: Say): string {
  const { Violation, Warning, Info } = aantallen;
  if (Violation + Warning + Info === 0) return say({ nl: 'Controleverslag: geen opmerkingen.\n', en: 'Validation report: no remarks.\n' });
  const summary = say({
    nl: `Controleverslag: fouten ${Violation}, waarschuwingen ${Warning}, opmerkingen ${Info}.\n`,
    en: `Validation report: errors ${Violation}, warnings ${Warning}, notes ${Info}.\n`,
  });
  const more = afgekapt === true ? say({ nl: 'Er is meer; dit zijn de eerste.\n', en: 'There is more; these are the first.\n' }) : '';
  return rapport.map((remark) => remarkText(remark, say)).join('') + more + summary;
}

/** Nobody should make a dataset without noticing. */
function createdText({ dataset, lijktOp = [] }: { readonly dataset: string; readonly lijktOp?: readonly string[] | undefined }, trial: boolean, say: Say): string {
  const like = lijktOp.length === 0 ? { nl: '', en: '' } : { nl: ` De naam lijkt op ${lijktOp.join(', ')}.`, en: ` Its name is like ${lijktOp.join(', ')}.` };
  return say({
    nl: `    ${trial ? 'Dit zou een nieuwe dataset maken' : 'Nieuwe dataset'}: ${dataset}.${like.nl}\n`,
    en: `    ${trial ? 'This would make a new dataset' : 'New dataset'}: ${dataset}.${like.en}\n`,
  });
}

/** What a write did. */
export function outcomeText(document: OutcomeDocument, say: Say): string {
  const { uitkomst, versie, wijzigingen = {}, bewerkingen = [], verschil = [], nieuweDatasets = [], meer, aanvaardbaar } = document;
  const counts = Object.entries(wijzigingen)
    .map(([dataset, { toegevoegd, verwijderd }]) => `    +${toegevoegd} -${verwijderd}  ${dataset}\n`)
    .join('');
  const operations = bewerkingen
    .map(({ gevonden, gewijzigd }, index) =>
      say({
        nl: `    bewerking ${index + 1}: ${gevonden} gevonden, ${gewijzigd} gewijzigd\n`,
        en: `    operation ${index + 1}: ${gevonden} matched, ${gewijzigd} changed\n`,
      }),
    )
    .join('');
  const difference = verschil.map((line) => `${line}\n`).join('') + (meer === true ? '…\n' : '');
  const heading = {
    gepubliceerd: { nl: `Gepubliceerd als versie ${versie}.\n`, en: `Published as version ${versie}.\n` },
    ongewijzigd: { nl: `Er is niets gewijzigd: alles stond er al zo (versie ${versie}).\n`, en: `Nothing changed: it was all there already (version ${versie}).\n` },
    geweigerd: { nl: 'Geweigerd: de gegevens voldoen niet aan de regels. Er is niets gewijzigd.\n', en: 'Refused: the data violate the rules. Nothing was changed.\n' },
    proef: isEmptyTrial(document)
      ? { nl: 'Proef: er zou niets veranderen, alles staat er al zo.\n', en: 'Dry run: nothing would change, it is all there already.\n' }
      : aanvaardbaar === true
        ? { nl: 'Proef: dit zou worden gepubliceerd. Er is niets gewijzigd.\n', en: 'Dry run: this would be published. Nothing was changed.\n' }
        : { nl: 'Proef: dit zou worden geweigerd. Er is niets gewijzigd.\n', en: 'Dry run: this would be refused. Nothing was changed.\n' },
  }[uitkomst];
  const made = nieuweDatasets.map((one) => createdText(one, uitkomst === 'proef', say)).join('');
  const empty = document.gelezen === 0 ? say({ nl: 'Let op: in dit bestand staat geen enkele uitspraak.\n', en: 'Note: there is no statement in this file.\n' }) : '';
  const { Violation, Warning, Info } = document.aantallen;
  return empty + difference + (Violation + Warning + Info > 0 ? reportText(document, say) : '') + say(heading) + counts + operations + made;
}

/** Refused data, or data a dry run would refuse, end the command with their own code. */
export function outcomeCode(document: OutcomeDocument): ExitCode {
  const { uitkomst, aanvaardbaar } = document;
  const refused = uitkomst === 'geweigerd' || (uitkomst === 'proef' && aanvaardbaar !== true && !isEmptyTrial(document));
  return refused ? exitCodes.shapes : exitCodes.ok;
}

/* A trial without any change is not "acceptable" either: there is nothing to publish. */
function isEmptyTrial({ uitkomst, wijzigingen = {} }: OutcomeDocument): boolean {
  return uitkomst === 'proef' && Object.keys(wijzigingen).length === 0;
}

export function versionText(document: VersionDocument, say: Say, language: Language): string {
  const { versie, tijd, omschrijving, door, hash, wijzigingen, verschil = [], meer } = document;
  const message = omschrijving ?? say({ nl: '(omschrijving gewist)', en: '(description erased)' });
  const counts = Object.entries(wijzigingen)
    .map(([dataset, { toegevoegd, verwijderd }]) => `    +${toegevoegd} -${verwijderd}  ${dataset}\n`)
    .join('');
  const head = `${say({ nl: 'Versie', en: 'Version' })} ${versie}  ${shownTime(tijd, language)}  ${door.organisatie ?? door.rol}\n    ${message}\n`;
  const lines = verschil.map((line) => `${line}\n`).join('') + (meer === true ? '…\n' : '');
  return head + counts + (lines === '' ? '' : `    sha256 ${hash}\n${lines}`);
}
