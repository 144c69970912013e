from dataclasses import replace

import numpy as np
import pytest

from qml.errors import DataError


def test_validation_rows_are_fitted_on_too(make_problem):
    problem = make_problem()
    assert problem.features is problem.train_features
    more = make_problem(validation_features=np.ones((5, 4)), validation_labels=np.zeros(5, int))
    assert more.features.shape == (125, 4)
    assert more.labels.shape == (125,)


@pytest.mark.parametrize("rows", [0, -1])
def test_refuses_rows_that_do_not_fit(make_problem, rows):
    problem = make_problem()
    with pytest.raises(DataError, match="do not fit"):
        replace(problem, test_labels=problem.test_labels[:rows])


def test_refuses_a_single_class(make_problem):
    problem = make_problem()
    with pytest.raises(DataError, match="one class only"):
        replace(problem, train_labels=np.zeros(120, int))
