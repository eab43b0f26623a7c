import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { platformTranslationRef } from '../translation';
import { supportMessages } from './messages/supportMessages';

type KnownNote = keyof typeof supportMessages.notes;

/** A note of a calendar in words; one that is newer than these words as it is. */
export function useSupportNotes(): (note: string) => string {
  const { t } = useTranslationRef(platformTranslationRef);
  return note =>
    note in supportMessages.notes
      ? t(`support.notes.${note as KnownNote}`)
      : note;
}
