import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { ClusterSupportDetail } from '@roadbed/backstage-plugin-platform-common';
import { useTextStyles } from '../components/colors';
import { Day } from '../components/Day';
import { platformTranslationRef } from '../translation';
import { useSupportNotes } from './supportNotes';

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, padding: 0, listStyle: 'none' },
    end: { marginBottom: theme.spacing(0.75) },
    sources: { margin: 0, paddingLeft: theme.spacing(2) },
  }),
  { name: 'RoadbedSupportDates' },
);

/** Every end of support of a version: the day that counts, and who says so. */
export const SupportDates = (props: { support: ClusterSupportDetail }) => {
  const { ends, calendarTitle, calendarAsOf, confidence, hint, notes } =
    props.support;
  const { t } = useTranslationRef(platformTranslationRef);
  const classes = useStyles();
  const text = useTextStyles();
  const noteOf = useSupportNotes();
  const small = `${text.subtle} ${text.small}`;
  return (
    <div>
      {ends.length === 0 && <div>{t('support.noDates')}</div>}
      <ul className={classes.list}>
        {ends.map(({ kind, date, conflict, sources }) => (
          <li key={kind} className={classes.end}>
            {t(`support.kind.${kind}`)}: <Day day={date} />
            {conflict && <> · {t('support.conflictText')}</>}
            <ul className={`${classes.sources} ${small}`}>
              {sources.map(source => (
                <li key={`${source.name} ${source.date}`}>
                  {source.url ? (
                    <Link to={source.url} underline="always">
                      {source.name}
                    </Link>
                  ) : (
                    source.name
                  )}
                  {': '}
                  <Day day={source.date} />
                  {', '}
                  {t('support.read')} <Day day={source.snapshot} />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {hint && (
        <div>
          {t('support.hint', {
            calendar: hint.calendar,
            kind: t(`support.kind.${hint.kind}`),
          })}{' '}
          <Day day={hint.date} />
        </div>
      )}
      {notes.map(note => (
        <div key={note}>{noteOf(note)}</div>
      ))}
      <div className={small}>
        {t('support.calendar', { calendar: calendarTitle })}{' '}
        <Day day={calendarAsOf} />
        {confidence && ` · ${t(`support.confidence.${confidence}`)}`}
      </div>
    </div>
  );
};
