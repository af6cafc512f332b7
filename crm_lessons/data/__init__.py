"""Reading tables: ``read`` lets in what is sound and says what is not."""

from crm_lessons.data._companions import companions, trial_of
from crm_lessons.data._dictionary import claims, known_as, labels
from crm_lessons.data._masking import mask_name, mask_phone
from crm_lessons.data._options import NAMES as OPTIONS
from crm_lessons.data._options import Options, check_options
from crm_lessons.data._read_once import shared as read_once
from crm_lessons.data._schema import schemas
from crm_lessons.data._table import Table, read
from crm_lessons.data._values import as_day, as_number, as_truth
from crm_lessons.data.questionnaire import Questionnaire
from crm_lessons.data.samples import available
from crm_lessons.data.surveys._headings import column_of
from crm_lessons.data.surveys._loading import questionnaire
from crm_lessons.data.surveys._words import plain as folded
