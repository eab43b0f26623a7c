import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { platformTranslationRef } from '../translation';
import { useCopy } from './useCopy';

/** Properties of {@link CopyButton}. */
export interface CopyButtonProps {
  text: string;
  label: string;
}

/** A button in words that copies a longer text, such as an RBAC rule. */
export const CopyButton = ({ text, label }: CopyButtonProps) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const { outcome, copy } = useCopy();
  return (
    <Button
      size="small"
      variant="outlined"
      color="primary"
      onClick={() => copy(text)}
    >
      <span aria-live="polite">
        {outcome === 'idle' ? label : t(`copy.${outcome}`)}
      </span>
    </Button>
  );
};
