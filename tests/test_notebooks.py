"""The notebooks run from a clean kernel, and what is stored in them is what they print today.

After a change of output, `KG_WRITE_NOTEBOOKS=1 pytest tests/test_notebooks.py` runs them and stores what comes out; read
the diff before you commit it. The files hold no execution counts, times or versions, so that only real changes show.
"""

from __future__ import annotations

import os
import shutil
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

import kg

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

# What a stored output may be: shown by any site that renders notebooks, without scripts.
STATIC = {"text/plain", "text/html", "image/svg+xml"}
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def tidy(notebook: NotebookNode) -> NotebookNode:
    """The notebook without all that changes from run to run."""
    for number, cell in enumerate(notebook.cells, start=1):
        cell.id = f"cell-{number:02}"
        cell.metadata = {}
        if cell.cell_type == "code":
            cell.execution_count = None
            for output in cell.outputs:
                output.pop("transient", None)
                if output.output_type == "execute_result":
                    output.execution_count = None
    notebook.metadata = METADATA
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Execute a notebook in a copy of its folder beside the seeds, as after a clone; the pipeline is the bundled one."""
    home = tmp_path_factory.mktemp("clone")
    for folder in ("notebooks", "seeds"):
        shutil.copytree(ROOT / folder, home / folder)
    environment = {name: value for name, value in os.environ.items() if name != "KG_MODEL"}
    environment |= {"PYTHONPATH": str(Path(kg.__file__).parents[1]), "IPYTHONDIR": str(home / "ipython")}
    options = {"timeout": 120, "kernel_name": "python3", "record_timing": False, "coalesce_streams": True}
    beside = {"metadata": {"path": str(home / "notebooks")}}

    def execute(notebook: NotebookNode) -> NotebookNode:
        NotebookClient(notebook, resources=beside, **options).execute(env=environment)
        return tidy(notebook)

    return execute


def test_there_are_three():
    assert [path.name.partition("-")[0] for path in NOTEBOOKS] == ["01", "02", "03"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
@pytest.mark.slow
def test_a_notebook_shows_what_it_prints(run, path):
    new = nbformat.writes(run(nbformat.read(path, as_version=4))) + "\n"
    if os.environ.get("KG_WRITE_NOTEBOOKS"):
        path.write_text(new, encoding="utf-8")
    assert new == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_stored_outputs_are_static_and_small(path):
    notebook = nbformat.read(path, as_version=4)
    assert path.stat().st_size < 150_000
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert outputs
    for output in outputs:
        assert output.output_type in ("execute_result", "display_data", "stream"), output
        assert output.get("name") != "stderr", output
        assert set(output.get("data", ())) <= STATIC
        assert "<script" not in str(output.get("data", ""))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_code_and_prose_take_turns(path):
    cells = nbformat.read(path, as_version=4).cells
    assert cells[0].source.startswith("# ")
    assert [(one.cell_type, next.cell_type) for one, next in pairwise(cells) if one.cell_type == next.cell_type] == []


@pytest.mark.slow
def test_a_build_shows_its_progress(run):
    source = "import kg\nkg.build([kg.Document(str(n), 'Huawei warnt.') for n in range(5)], progress=True)"
    (cell,) = run(new_notebook(cells=[new_code_cell(source)])).cells
    shown = [output.data for output in cell.outputs]
    assert "application/vnd.jupyter.widget-view+json" in shown[0]
    assert "0/5" in shown[0]["text/plain"]
    assert "5 documents" in shown[1]["text/html"]
