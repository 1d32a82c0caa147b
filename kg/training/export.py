"""From torch to ONNX: the trained net as one graph in 8 bits that onnxruntime runs on any CPU.

The graph reads one window of a text: numbers of its pieces, places of each word's first and last piece. Everything is
written out node by node, which takes a page and depends on no exporter. Matrices become 8-bit integers per column (7
bits are used, so that no CPU saturates); the second feed-forward matrix of each layer, which does not bear it, stays a
float of 16 bits on disk.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor

from kg.training.network import TAGGED, Network

OPSET = 20


class Graph:
    """Collects nodes and weights; every method returns the name of what its node makes."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self._count = 0

    def node(self, op: str, *inputs: str, name: str = "", outputs: int = 1, **attributes: object) -> str | list[str]:
        self._count += 1
        name = name or f"{op}_{self._count}"
        made = [name] if outputs == 1 else [f"{name}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(op, list(inputs), made, name, **attributes))
        return made[0] if outputs == 1 else made

    def weight(self, name: str, value: Tensor | np.ndarray, half: bool = False) -> str:
        array = np.ascontiguousarray(value.detach().numpy() if isinstance(value, Tensor) else value)
        if half:
            self.weights.append(numpy_helper.from_array(array.astype(np.float16), f"{name}_half"))
            return self.node("Cast", f"{name}_half", name=name, to=TensorProto.FLOAT)  # type: ignore[return-value]
        self.weights.append(numpy_helper.from_array(array, name))
        return name

    def numbers(self, *values: int) -> str:
        return self.weight(f"numbers_{len(self.weights)}", np.array(values, np.int64))

    def linear(self, x: str, layer, name: str, half: bool = False) -> str:
        product = self.node("MatMul", x, self.weight(f"{name}.weight", layer.weight.T, half), name=f"{name}.product")
        return self.node("Add", product, self.weight(f"{name}.bias", layer.bias), name=name)  # type: ignore[return-value]

    def norm(self, x: str, layer, name: str) -> str:
        scale, bias = self.weight(f"{name}.scale", layer.weight), self.weight(f"{name}.shift", layer.bias)
        return self.node("LayerNormalization", x, scale, bias, name=name, axis=-1, epsilon=layer.eps)  # type: ignore[return-value]


def encoder_graph(graph: Graph, net: Network) -> str:
    """Add the encoder: `ids` → vectors of the pieces."""
    encoder = net.encoder
    pieces = graph.node("Gather", graph.weight("word", encoder.word.weight), "ids", name="pieces")
    positions, length = graph.weight("position", encoder.position.weight), graph.node("Shape", "ids")
    places = graph.node("Slice", positions, graph.numbers(0), length, graph.numbers(0))
    x = graph.norm(graph.node("Add", pieces, places), encoder.norm, "embedded")
    for i, layer in enumerate(encoder.layers):
        x = _layer(graph, x, layer, f"layer{i}")
    return x


def _layer(graph: Graph, x: str, layer, name: str) -> str:
    q, k, v = (
        graph.node("Transpose", graph.node("Reshape", part, graph.numbers(0, layer.heads, -1)), perm=[1, 0, 2])
        for part in graph.node("Split", graph.linear(x, layer.qkv, f"{name}.qkv"), outputs=3, axis=-1, num_outputs=3)
    )
    scaled = graph.node("Mul", q, graph.weight(f"{name}.scale", np.array(layer.scale, np.float32)))
    scores = graph.node("MatMul", scaled, graph.node("Transpose", k, perm=[0, 2, 1]), name=f"{name}.scores")
    seen = graph.node("MatMul", graph.node("Softmax", scores, axis=-1), v, name=f"{name}.seen")
    flat = graph.node("Reshape", graph.node("Transpose", seen, perm=[1, 0, 2]), graph.numbers(0, -1))
    x = graph.norm(graph.node("Add", x, graph.linear(flat, layer.out, f"{name}.out")), layer.norm, f"{name}.norm")
    wide = graph.node("Gelu", graph.linear(x, layer.widen, f"{name}.widen"))
    narrow = graph.linear(wide, layer.narrow, f"{name}.narrow", half=True)
    return graph.norm(graph.node("Add", x, narrow), layer.last_norm, f"{name}.last_norm")


def head_graph(graph: Graph, net: Network, pieces: str) -> list[str]:
    """Add the heads: vectors of the pieces → scores of the words."""
    pair = [graph.node("Gather", pieces, place, name=f"Gather_{place}") for place in ("first", "last")]
    x = graph.node("Mul", graph.node("Add", *pair), graph.weight("half", np.array(0.5, np.float32)), name="vectors")
    outputs = [graph.linear(x, net.ner, "ner"), graph.linear(x, net.starts, "starts")]
    outputs += [graph.linear(x, net.tagged[name], name) for name in TAGGED]
    rooted = graph.node("Concat", graph.weight("root", net.root[None]), x, axis=0)

    def project(source: str, layers, name: str) -> str:
        made = graph.node("Gelu", graph.linear(source, layers[0], f"{name}.linear"))
        one = graph.weight(f"{name}.one", np.array(1, np.float32))
        return graph.node("Pad", made, graph.numbers(0, 0, 0, 1), one, name=name)  # type: ignore[return-value]

    dependents, heads = project(x, net.arc_dependent, "arc_dependents"), project(rooted, net.arc_head, "arc_heads")
    turned = graph.node("MatMul", dependents, graph.weight("arc", net.arc.weight[0]), name="arc.turned")
    outputs.append(graph.node("MatMul", turned, graph.node("Transpose", heads, perm=[1, 0]), name="arcs"))
    outputs += [project(x, net.label_dependent, "dependents"), project(rooted, net.label_head, "heads")]
    return outputs


def write_net(net: Network, path: Path) -> None:
    """Write the net: windows → scores of every head, and the vectors that relations are scored by."""
    graph = Graph()
    outputs = head_graph(graph, net, encoder_graph(graph, net))
    model = _model(graph, {"ids": TensorProto.INT64, "first": TensorProto.INT64, "last": TensorProto.INT64}, outputs)
    whole = path.with_suffix(".whole.onnx")
    onnx.save(model, whole)
    kept = [node.name for node in graph.nodes if node.name.endswith((".scores", ".seen", ".narrow.product", "arcs"))]
    quantize_dynamic(
        whole, path, op_types_to_quantize=["MatMul", "Gather"], per_channel=True, reduce_range=True,
        weight_type=QuantType.QInt8, nodes_to_exclude=[*kept, "Gather_first", "Gather_last"],
    )  # fmt: skip
    whole.unlink()


def write_relations(net: Network, path: Path) -> None:
    """Write the scorer of relations: `dependents` and their `heads`, words × width each → words × relations."""
    graph = Graph()
    labels, width, _ = net.label.weight.shape
    weight = net.label.weight.permute(1, 0, 2).reshape(width, -1)
    turned = graph.node("MatMul", "dependents", graph.weight("label", weight, half=True))
    square = graph.node("Reshape", turned, graph.numbers(0, labels, width))
    column = graph.node("Unsqueeze", "heads", graph.numbers(2))
    graph.node("Squeeze", graph.node("MatMul", square, column), graph.numbers(2), name="relations")
    onnx.save(_model(graph, {"dependents": TensorProto.FLOAT, "heads": TensorProto.FLOAT}, ["relations"]), path)


def _model(graph: Graph, inputs: dict[str, int], outputs: list[str]) -> onnx.ModelProto:
    given = [
        helper.make_tensor_value_info(name, kind, [None] * (1 if kind == TensorProto.INT64 else 2))
        for name, kind in inputs.items()
    ]
    made = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [None, None]) for name in outputs]
    made_graph = helper.make_graph(graph.nodes, "de_kg_news", given, made, graph.weights)
    model = helper.make_model(made_graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="kg")
    model.ir_version = 10
    onnx.checker.check_model(model)
    return model
