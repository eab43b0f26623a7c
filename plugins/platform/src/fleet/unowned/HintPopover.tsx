import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { UnownedWorkload } from '@roadbed/backstage-plugin-platform-common';
import { PopoverButton } from '../../components/PopoverButton';
import { Snippet } from '../../components/Snippet';
import { platformTranslationRef } from '../../translation';
import { PLACEHOLDER, hintCommand, hintYaml } from '../ownershipSnippets';

/** What to add so that a workload has an owner: as a manifest, as a command. */
export const HintPopover = ({ workload }: { workload: UnownedWorkload }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const { hint, name, kind } = workload;
  const command = hintCommand(workload, hint);
  return (
    <PopoverButton
      title={t('unowned.hint.title', { name })}
      words={t('unowned.hint.show')}
    >
      <div>{t(`unowned.hint.manifest.${hint.target}`, { kind })}</div>
      <Snippet
        text={hintYaml(hint)}
        copyLabel={t('unowned.hint.copyManifest')}
      />
      {command && (
        <>
          <div>{t('unowned.hint.command')}</div>
          <Snippet text={command} copyLabel={t('unowned.hint.copyCommand')} />
        </>
      )}
      {hint.value === undefined && (
        <div>{t('unowned.hint.choose', { placeholder: PLACEHOLDER })}</div>
      )}
    </PopoverButton>
  );
};
