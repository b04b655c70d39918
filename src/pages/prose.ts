import type { Text } from '../faults.js';

interface Prose {
  readonly title: Text;
  readonly sections: readonly { readonly title: Text; readonly paragraphs: readonly Text[] }[];
}

/** The pages of plain text. Dutch is normative. */
export const prose = {
  over: {
    title: { nl: 'Over deze dienst', en: 'About this service' },
    sections: [
      {
        title: { nl: 'Wat is Regiograaf?', en: 'What is Regiograaf?' },
        paragraphs: [
          { nl: 'Regiograaf brengt samen wie in de slimme regio Vlaanderen wat doet: actoren, initiatieven, bouwstenen en componenten. Alles is beschreven met OSLO, de Vlaamse standaarden voor gegevens, en als linked data beschikbaar.', en: 'Regiograaf brings together who does what in the Flemish smart region: actors, initiatives, building blocks and components. All of it is described with OSLO, the Flemish data standards, and available as linked data.' },
          { nl: 'Elk gegeven hoort bij een dataset met een bron, een eigenaar en een bronstatus. Spreken bronnen elkaar tegen, dan staan ze naast elkaar.', en: 'Every statement belongs to a dataset with a source, an owner and a source status. Where sources contradict each other, they stand side by side.' },
        ],
      },
      {
        title: { nl: 'Hoe komen gegevens erin?', en: 'How do data get in?' },
        paragraphs: [
          { nl: 'Gegevensbeheerders laden bestanden of sturen wijzigingen. Elke wijziging wordt eerst gecontroleerd. Wat niet aan de regels voldoet, wordt geweigerd met een verslag. Wat wel voldoet, wordt een versie die altijd zichtbaar blijft in de geschiedenis.', en: 'Stewards load files or send changes. Every change is checked first. What violates the rules is refused with a report; what does not becomes a version that stays visible in the history.' },
        ],
      },
    ],
  },
  gebruiksvoorwaarden: {
    title: { nl: 'Gebruiksvoorwaarden', en: 'Terms of use' },
    sections: [
      {
        title: { nl: 'Hergebruik', en: 'Reuse' },
        paragraphs: [
          { nl: 'U mag de openbare gegevens bekijken, bevragen en hergebruiken. Bij elke dataset staat de licentie. Staat er "licentie onbekend", vraag dan eerst toestemming aan de eigenaar.', en: 'You may look at, query and reuse the public data. Each dataset states its licence. Where it says "licence unknown", ask the owner first.' },
          { nl: 'Vermeld de dataset en de versie die u gebruikte: zo kan iedereen nagaan waarop u zich baseert.', en: 'Name the dataset and the version you used, so that everybody can check what you relied on.' },
        ],
      },
      {
        title: { nl: 'Redelijk gebruik', en: 'Fair use' },
        paragraphs: [
          { nl: 'Vragen hebben een tijdslimiet en er kan een grens staan op het aantal verzoeken per minuut. Heeft u veel gegevens nodig, download dan de hele dataset.', en: 'Queries have a time limit and there may be a limit on requests a minute. If you need a lot of data, download the whole dataset.' },
        ],
      },
    ],
  },
  privacy: {
    title: { nl: 'Privacy', en: 'Privacy' },
    sections: [
      {
        title: { nl: 'Bezoekers', en: 'Visitors' },
        paragraphs: [
          { nl: 'Wij meten geen bezoekers en laden niets van andere websites. Wie alleen leest krijgt geen cookie. Wie gegevens laadt krijgt een cookie die alleen dient om het formulier te beveiligen en aangemeld te blijven; die vervalt na afmelden of na acht uur.', en: 'We do not track visitors and load nothing from other websites. Readers get no cookie. Whoever loads data gets a cookie that only protects the form and keeps them signed in; it ends on signing out or after eight hours.' },
          { nl: 'Het logboek van de dienst bevat het tijdstip en het adres van de opgevraagde pagina, zonder de vraag die u stelde en zonder uw naam.', en: 'The log of the service holds the time and address of the page asked for, without your query and without your name.' },
        ],
      },
      {
        title: { nl: 'Personen in de gegevens', en: 'People in the data' },
        paragraphs: [
          { nl: 'In de openbare gegevens staan organisaties, rollen en gedeelde mailboxen. Namen en e-mailadressen van personen horen in een dataset die niet openbaar is, met een doel en een einddatum.', en: 'The public data name organisations, roles and shared mailboxes. Names and e-mail addresses of people belong in a dataset that is not public, with a purpose and an end date.' },
          { nl: 'Staat er toch iets over u in? U heeft recht op inzage, verbetering en wissing (AVG, artikelen 15 tot 17). Wissen gebeurt ook in de geschiedenis.', en: 'Is there something about you after all? You have the right of access, rectification and erasure (GDPR, articles 15 to 17). Erasure covers the history too.' },
        ],
      },
    ],
  },
  toegankelijkheidsverklaring: {
    title: { nl: 'Toegankelijkheidsverklaring', en: 'Accessibility statement' },
    sections: [
      {
        title: { nl: 'Waar wij naar streven', en: 'What we aim for' },
        paragraphs: [
          { nl: 'Het Bestuursdecreet van 7 december 2018 (Richtlijn (EU) 2016/2102) vraagt dat overheidswebsites toegankelijk zijn volgens WCAG 2.1, niveau AA. Deze pagina’s zijn daarvoor gemaakt: ze werken met het toetsenbord, zonder JavaScript, tot 400 % vergroot en met een schermlezer.', en: 'The Flemish decree of 7 December 2018 (Directive (EU) 2016/2102) asks that public websites meet WCAG 2.1 level AA. These pages are made for that: they work with a keyboard, without JavaScript, enlarged to 400 % and with a screen reader.' },
        ],
      },
      {
        title: { nl: 'Hoe toegankelijk is het nu?', en: 'How accessible is it now?' },
        paragraphs: [
          { nl: 'Deze website voldoet gedeeltelijk aan WCAG 2.1, niveau AA: wat ontbreekt staat hieronder. Dat blijkt uit een toets door de makers zelf, met toetsenbord, vergroting, afdruk en zonder JavaScript. Deze verklaring is opgesteld op 22 november 2026.', en: 'This website meets WCAG 2.1 level AA in part: what is missing is stated below. The makers tested this themselves, with a keyboard, enlarged, in print and without JavaScript. This statement was drawn up on 22 November 2026.' },
        ],
      },
      {
        title: { nl: 'Wat nog niet in orde is', en: 'Known failures' },
        paragraphs: [
          { nl: 'Er is nog geen onafhankelijke toets door mensen met een beperking gebeurd. Teksten uit de gegevens zelf staan soms alleen in het Nederlands. Brede tabellen schuiven op een klein scherm in hun eigen kader.', en: 'No independent test by people with disabilities has been done yet. Texts from the data themselves are sometimes in Dutch only. Wide tables scroll within their own frame on a small screen.' },
        ],
      },
      {
        title: { nl: 'Een probleem melden', en: 'Report a problem' },
        paragraphs: [
          { nl: 'Lukt iets niet? Laat het weten via het contactadres hieronder. Bent u niet tevreden met het antwoord, dan kunt u terecht bij de Vlaamse Ombudsdienst.', en: 'Does something not work? Tell us through the contact below. If the answer does not satisfy you, you can turn to the Flemish Ombudsman.' },
        ],
      },
    ],
  },
} as const satisfies Record<string, Prose>;

export type ProseName = keyof typeof prose;
